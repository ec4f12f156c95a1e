import type { Task } from '@sentence-mtl/heads';
import { amountText } from '../command-line/progress-line.ts';
import { textTable } from '../command-line/text-table.ts';
import { leakage, SIDES, type Dataset } from './dataset.ts';

const labelCount = (task: Task): string => ('labels' in task ? String(task.labels.length) : '');

function taskTable({ inferred: { tasks } }: Dataset): string {
  const lines = tasks.map(({ name, task, rows, reason }) => [
    name,
    task.kind,
    labelCount(task),
    amountText(rows, 'rows'),
    reason,
  ]);
  return textTable([['task', 'kind', 'labels', 'rows', 'because'], ...lines], { numeric: [2, 3] });
}

function sidesText({ rows, splitOff }: Dataset, seed: number): string {
  const sizes = SIDES.filter((side) => rows[side].length > 0).map(
    (side) => `${amountText(rows[side].length, 'rows')} ${side}`,
  );
  const [off, none] = [
    splitOff.filter((side) => rows[side].length > 0),
    splitOff.filter((side) => rows[side].length === 0),
  ];
  const how = [
    ...(off.length === 0
      ? []
      : [`${off.join(' and ')} split off by seed ${seed}, every label in proportion, equal texts on one side`]),
    ...(none.length === 0
      ? []
      : [`none for ${none.join(' and ')}: there are too few different texts to split any off`]),
  ];
  return `rows: ${[sizes.join(', '), ...how].join('; ')}`;
}

/** Where an equal text makes the metrics of a side too good. */
const LEAKS = [
  { side: 'validation', other: 'train', where: 'in the training rows too' },
  { side: 'test', other: 'train', where: 'in the training rows too' },
  { side: 'test', other: 'validation', where: 'in the validation rows too, which choose the best model,' },
] as const;

function leakageLines({ rows, splitOff }: Dataset): readonly string[] {
  return LEAKS.flatMap(({ side, other, where }) => {
    // Sides that were split off the same rows have no text in common.
    if (splitOff.includes(side) && (other === 'train' || splitOff.includes(other))) return [];
    const { count, first } = leakage(rows, side, other);
    if (count === 0 || first === undefined) return [];
    const [are, make] = count === 1 ? ['1 text is', 'makes'] : [`${amountText(count, 'rows')} texts are`, 'make'];
    return [`attention: ${are} ${where} and ${make} the ${side} metrics too good, as ${first.file}:${first.line}`];
  });
}

/** What was found in the data and decided about it, for people, before anything is trained. */
export function describeDataset(dataset: Dataset, seed: number): string {
  const { leftOut } = dataset.inferred;
  return [
    taskTable(dataset),
    ...leftOut.map(({ name, reason }) => `not learnt: ${name}: ${reason}`),
    sidesText(dataset, seed),
    ...leakageLines(dataset),
    ...(dataset.rejected.length === 0 ? [] : [`left out: ${dataset.rejected.length} rows, listed in rejected.jsonl`]),
  ].join('\n');
}
