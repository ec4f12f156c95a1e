// Everything about data files that decides whether, and how well, a model can be trained on them: one pass over each file,
// in memory that does not grow with it.
import {
  labelChecker,
  labelLookAlikes,
  readLabelSets,
  readRowBlocks,
  splitTagCounts,
  withTags,
  type DataSource,
  type LabelSets,
  type Row,
  type RowProblem,
  type TagSeparator,
  type TaskCounts,
} from '@sentence-mtl/data';
import type { SentenceModelConfig } from '@sentence-mtl/model';
import { SentenceMtlError } from '@sentence-mtl/core';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Settings } from '../config/settings.ts';
import { SIDES, type Side } from '../dataset/dataset.ts';
import { inferTasks, type InferredTasks } from '../dataset/infer-tasks.ts';
import { LabelEvidence } from '../dataset/label-evidence.ts';
import { labelProblems, numberProblem } from '../dataset/label-problems.ts';
import { columnRoles, dataSources } from '../dataset/read-data-files.ts';
import { tagSeparators, withFixedTags } from '../dataset/tag-columns.ts';
import { EqualTextFinder, type EqualTextsReport, type Found, type Place } from './equal-texts.ts';
import { TokenLengthSampler, type TokenLengths } from './token-lengths.ts';

export interface LabelReport {
  readonly label: string;
  readonly rows: number;
  readonly first: Place;
}

/** A task, or what would have been one. */
export interface TaskReport {
  readonly rows: number;
  readonly missing: number;
  readonly labels: readonly LabelReport[];
  /** Labels that people could take for one. */
  readonly lookAlikes: readonly (readonly LabelReport[])[];
}

export interface DataReport {
  readonly rows: Readonly<Record<Side, number>>;
  readonly inferred: InferredTasks | undefined;
  /** Why nothing can be learnt, where that is so. */
  readonly unusable: string | undefined;
  readonly tasks: Readonly<Record<string, TaskReport>>;
  readonly lengths: TokenLengths | undefined;
  readonly equalTexts: EqualTextsReport;
  readonly emptyTexts: Found<Place>;
  /** Rows that cannot be used. */
  readonly badRows: Found<RowProblem>;
}

export type CheckSettings = Pick<
  Settings,
  Side | 'textColumn' | 'tasks' | 'labels' | 'tagSeparator' | 'maxLength' | 'seed'
>;

export interface CheckOptions {
  readonly settings: CheckSettings;
  readonly model: SentenceModelConfig;
  /** Takes each row that cannot be used. */
  readonly onBadRow: (problem: RowProblem) => Promise<void>;
}

/** Problems that a report keeps; of the others only the number. */
const KEPT = 1000;

class Kept<T> {
  count = 0;
  readonly some: T[] = [];

  add(item: T): void {
    this.count++;
    if (this.some.length < KEPT) this.some.push(item);
  }
}

function isBlank(row: Row): boolean {
  return row.kind === 'text' ? row.text.trim() === '' : row.textA.trim() === '' || row.textB.trim() === '';
}

function taskReport(counts: TaskCounts, rows: number): TaskReport {
  const labels = [...counts.labels].map(([label, { count, file, line }]) => ({
    label,
    rows: count,
    first: { file, line },
  }));
  const byName = new Map(labels.map((label) => [label.label, label]));
  const lookAlikes = labelLookAlikes(byName.keys()).map((group) => group.flatMap((name) => byName.get(name) ?? []));
  return { rows: counts.rows, missing: rows - counts.rows, labels, lookAlikes };
}

/** What is found on the way through the files. */
class Checks {
  readonly rows: Record<Side, number> = { train: 0, validation: 0, test: 0 };
  readonly evidence = new LabelEvidence();
  readonly emptyTexts = new Kept<Place>();
  readonly badRows = new Kept<RowProblem>();
  readonly #options: CheckOptions;
  readonly #signal: AbortSignal;

  constructor(options: CheckOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  async bad(problem: RowProblem): Promise<void> {
    const { kind, file, line, message } = problem;
    // Rows may be long: a report has where they stand, and the file of rejected rows what stands there.
    this.badRows.add({ kind, file, line, message });
    await this.#options.onBadRow(problem);
  }

  async #goodRows(rows: readonly Row[], check: (row: Row) => RowProblem | undefined): Promise<readonly Row[]> {
    const problems = rows.map(check);
    if (problems.every((problem) => problem === undefined)) return rows;
    for (const problem of problems) if (problem !== undefined) await this.bad(problem);
    return rows.filter((_, index) => problems[index] === undefined);
  }

  /** Reads a side; `check` says what is wrong with the labels of a row. */
  async read(
    side: Side,
    sources: readonly DataSource[],
    check: (row: Row) => RowProblem | undefined,
    take: (rows: readonly Row[]) => Promise<void>,
  ): Promise<void> {
    const options = {
      columns: columnRoles(this.#options.settings.textColumn),
      onBadRow: this.bad.bind(this),
    };
    for await (const block of readRowBlocks(sources, options)) {
      this.#signal.throwIfAborted();
      const good = await this.#goodRows(block, check);
      this.rows[side] += good.length;
      for (const row of good) if (isBlank(row)) this.emptyTexts.add({ file: row.file, line: row.line });
      await take(good);
    }
  }
}

/** What is wrong with the labels of a training row, by what is known before any is read. */
function givenProblems(
  { tasks, tagSeparator }: CheckSettings,
  sets: LabelSets | undefined,
): (row: Row) => RowProblem | undefined {
  const check = sets === undefined ? undefined : labelChecker(sets);
  const fixed = (row: Row): RowProblem | undefined =>
    sets === undefined || check === undefined || check(row) === undefined
      ? undefined
      : check(withFixedTags(row, sets, tagSeparator));
  const numbers = Object.entries(tasks ?? {}).flatMap(([name, kind]) => (kind === 'regression' ? [name] : []));
  return (row) => fixed(row) ?? numberProblem(row, numbers);
}

type Inference = { readonly inferred: InferredTasks } | { readonly unusable: string };

function inferenceOf(checks: Checks, settings: CheckSettings, sets: LabelSets | undefined): Inference {
  try {
    return {
      inferred: inferTasks(checks.evidence, { asked: settings.tasks, sets, tagSeparator: settings.tagSeparator }),
    };
  } catch (error) {
    // That nothing can be learnt is a finding like others.
    if (error instanceof SentenceMtlError) return { unusable: error.message };
    throw error;
  }
}

/**
 * Checks files as a training with these settings would use them.
 *
 * @throws DataFileError where a file cannot be read at all
 * @throws the signal's reason, where it aborts
 */
export async function checkFiles(options: CheckOptions, context: CommandContext): Promise<DataReport> {
  const { settings, model } = options;
  const checks = new Checks(options, context.stop);
  const lengths = new TokenLengthSampler(model, settings.maxLength, settings.seed);
  await using equal = new EqualTextFinder();
  const sets = settings.labels === null ? undefined : await readLabelSets(settings.labels);
  let inference: Inference | undefined;
  let separators: ReadonlyMap<string, TagSeparator> = new Map();
  let check = givenProblems(settings, sets);
  for (const side of SIDES) {
    await checks.read(side, await dataSources(settings[side], context), check, async (rows) => {
      for (const row of rows) {
        if (side === 'train') checks.evidence.add(row);
        lengths.add(row);
      }
      await equal.add(side, rows);
    });
    if (side !== 'train') continue;
    inference = inferenceOf(checks, settings, sets);
    if ('inferred' in inference) {
      separators = tagSeparators(inference.inferred);
      const problemOf = labelProblems(inference.inferred);
      check = (row) => problemOf(withTags(row, separators));
    }
  }
  const { rows, evidence, emptyTexts, badRows } = checks;
  // One after the other: each lets go of what it takes.
  const equalTexts = await equal.report();
  const names = [...evidence.counts].map(([name, counts]) => {
    const separator = separators.get(name);
    const own = separator === undefined ? counts : splitTagCounts(counts, separator);
    return [name, taskReport(own, rows.train)] as const;
  });
  return {
    rows,
    inferred: inference !== undefined && 'inferred' in inference ? inference.inferred : undefined,
    unusable: inference !== undefined && 'unusable' in inference ? inference.unusable : undefined,
    tasks: Object.fromEntries(names),
    lengths: lengths.report(),
    equalTexts,
    emptyTexts,
    badRows,
  };
}
