// From files to the rows of a run: read, their tasks found out, checked against the labels, and split.
import { readLabelSets, splitRows, textKey, withTags, type Row, type RowProblem } from '@sentence-mtl/data';
import type { Tasks } from '@sentence-mtl/heads';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import type { Settings } from '../config/settings.ts';
import { inferTasks, type InferredTasks } from './infer-tasks.ts';
import { LabelEvidence } from './label-evidence.ts';
import { labelProblems } from './label-problems.ts';
import { dataSources, readDataFiles } from './read-data-files.ts';
import { RowProblems } from './row-problems.ts';
import { tagSeparators } from './tag-columns.ts';

/** The parts of a data set. */
export const SIDES = ['train', 'validation', 'test'] as const;
export type Side = (typeof SIDES)[number];

export interface Dataset {
  readonly rows: Readonly<Record<Side, readonly Row[]>>;
  /** Sides that were split off the training rows. */
  readonly splitOff: readonly Side[];
  readonly inferred: InferredTasks;
  readonly tasks: Tasks;
  /** Rows that are left out because something is wrong with them. */
  readonly rejected: readonly RowProblem[];
}

type DataSettings = Pick<
  Settings,
  Side | 'validationShare' | 'testShare' | 'textColumn' | 'tasks' | 'labels' | 'tagSeparator' | 'onBadRow' | 'seed'
>;

/** The rows whose labels are those of the tasks; what is wrong with the others goes to the problems. */
function fittingRows(rows: readonly Row[], inferred: InferredTasks, problems: RowProblems): readonly Row[] {
  const check = labelProblems(inferred);
  return rows.filter((row) => {
    const problem = check(row);
    if (problem !== undefined) problems.add(problem);
    return problem === undefined;
  });
}

function splitOffSides({ validation, test, validationShare, testShare }: DataSettings): Partial<Record<Side, number>> {
  return {
    ...(validation.length === 0 && validationShare > 0 && { validation: validationShare }),
    ...(test.length === 0 && testShare > 0 && { test: testShare }),
  };
}

/** Splits what has no file of its own off the training rows. */
function split(given: Dataset['rows'], settings: DataSettings): Pick<Dataset, 'rows' | 'splitOff'> {
  const off = splitOffSides(settings);
  const shares = Object.values(off).reduce((sum, share) => sum + share, 0);
  if (shares === 0) return { rows: given, splitOff: [] };
  if (shares >= 1) {
    throw new UsageError(`validationShare and testShare are ${shares} together, which leaves no row to train on`);
  }
  const places = splitRows<string>(given.train, { seed: settings.seed, shares: { train: 1 - shares, ...off } });
  const rowsAt = (side: Side): readonly Row[] => (places[side] ?? []).flatMap((place) => given.train[place] ?? []);
  const parts = Object.keys(off) as Side[];
  const sides = Object.fromEntries(parts.map((side) => [side, rowsAt(side)]));
  return { rows: { ...given, ...sides, train: rowsAt('train') }, splitOff: parts };
}

/**
 * Reads and checks the rows of a run.
 *
 * @throws UsageError where there are no training rows, or nothing to learn
 * @throws DataFileError, BadRowsError where a file, or rows that are not to be skipped, are broken
 */
export async function readDataset(settings: DataSettings, context: CommandContext): Promise<Dataset> {
  if (settings.train.length === 0) throw new UsageError('no file of training rows is given');
  const problems = new RowProblems(settings.onBadRow);
  const read = async (side: Side): Promise<readonly Row[]> =>
    readDataFiles(await dataSources(settings[side], context), settings.textColumn, problems, context.stop);
  const given = { train: await read('train'), validation: await read('validation'), test: await read('test') };
  problems.check();
  const sets = settings.labels === null ? undefined : await readLabelSets(context.resolve(settings.labels));
  const { tasks: asked, tagSeparator } = settings;
  const inferred = inferTasks(LabelEvidence.of(given.train), { asked, sets, tagSeparator });
  const separators = tagSeparators(inferred);
  const fitting = (side: Side): readonly Row[] =>
    fittingRows(
      given[side].map((row) => withTags(row, separators)),
      inferred,
      problems,
    );
  const rows = { train: fitting('train'), validation: fitting('validation'), test: fitting('test') };
  problems.check();
  const tasks = Object.fromEntries(inferred.tasks.map(({ name, task }) => [name, task]));
  return { ...split(rows, settings), inferred, tasks, rejected: problems.all };
}

/** How many rows of a side have a text that stands on another side too, and the first of them. */
export function leakage(rows: Dataset['rows'], side: Side, other: Side): { count: number; first?: Row } {
  const known = new Set(rows[other].map(textKey));
  const leaked = rows[side].filter((row) => known.has(textKey(row)));
  return { count: leaked.length, ...(leaked[0] !== undefined && { first: leaked[0] }) };
}

/** The problems of rejected rows, as lines of rejected.jsonl. */
export function rejectedLines(rejected: readonly RowProblem[]): string {
  const lines = rejected.map(({ file, line, message, raw }) =>
    JSON.stringify({ file, line, reason: message, row: raw }),
  );
  return lines.map((line) => `${line}\n`).join('');
}
