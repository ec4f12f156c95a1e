import { labelLookAlikes } from '@sentence-mtl/data';
import type { Task } from '@sentence-mtl/heads';
import { amountText, countText } from '../command-line/progress-line.ts';
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
  { side: 'validation', other: 'train', where: 'the training rows' },
  { side: 'test', other: 'train', where: 'the training rows' },
  { side: 'test', other: 'validation', where: 'the validation rows, by which the model is chosen' },
] as const;

function leakageLines({ rows, splitOff }: Dataset): readonly string[] {
  return LEAKS.flatMap(({ side, other, where }) => {
    // Sides that were split off the same rows have no text in common.
    if (splitOff.includes(side) && (other === 'train' || splitOff.includes(other))) return [];
    const { count, first } = leakage(rows, side, other);
    if (count === 0 || first === undefined) return [];
    const place = count === 1 ? `at ${first.file}:${first.line}` : `the first at ${first.file}:${first.line}`;
    return [
      `attention: ${countText(count, `${side} row`)} with a text of ${where}, ${place}, which makes the metrics too good`,
    ];
  });
}

/** Labels that people could take for one are learnt as several. */
function lookAlikeLines({ inferred: { tasks } }: Dataset): readonly string[] {
  return tasks.flatMap(({ name, task }) =>
    labelLookAlikes('labels' in task ? task.labels : []).map((labels) => {
      const alike = labels.map((label) => JSON.stringify(label)).join(', ');
      return `attention: labels of ${name} look alike and are learnt as ${labels.length}: ${alike}; check-data says where`;
    }),
  );
}

/** What was found in the data and decided about it, for people, before anything is trained. */
export function describeDataset(dataset: Dataset, seed: number): string {
  const { leftOut } = dataset.inferred;
  return [
    taskTable(dataset),
    ...leftOut.map(({ name, reason }) => `not learnt: ${name}: ${reason}`),
    sidesText(dataset, seed),
    ...leakageLines(dataset),
    ...lookAlikeLines(dataset),
    ...(dataset.rejected.length === 0
      ? []
      : [`left out: ${countText(dataset.rejected.length, 'row')}, listed in rejected.jsonl`]),
  ].join('\n');
}
