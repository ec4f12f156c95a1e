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
  const how =
    splitOff.length === 0
      ? ''
      : `; ${splitOff.join(' and ')} split off by seed ${seed}, every label in proportion, equal texts on one side`;
  return `rows: ${sizes.join(', ')}${how}`;
}

function leakageLines({ rows, splitOff }: Dataset): readonly string[] {
  const given = (['validation', 'test'] as const).filter((side) => !splitOff.includes(side));
  return given.flatMap((side) => {
    const { count, first } = leakage(rows, side);
    if (count === 0 || first === undefined) return [];
    const are = count === 1 ? '1 text is' : `${amountText(count, 'rows')} texts are`;
    return [
      `attention: ${are} in the training rows too and make the ${side} metrics too good, as ${first.file}:${first.line}`,
    ];
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
