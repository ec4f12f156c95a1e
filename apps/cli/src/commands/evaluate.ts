import type { Row } from '@sentence-mtl/data';
import { MultiTaskModel, readTaskModel } from '@sentence-mtl/model';
import { defineCommand, type Command } from '../command-line/command.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { meaningOf } from '../config/settings.ts';
import { readRowsFor } from '../dataset/rows-for-tasks.ts';
import { commonTasks, compareModels } from '../evaluating/compare-models.ts';
import { leaveOutBadRows } from '../encoding/bad-rows.ts';
import { evaluationText, type Evaluation } from '../evaluating/evaluation-text.ts';
import { slicesBy } from '../evaluating/slices.ts';
import { taskEvaluation } from '../evaluating/task-evaluation.ts';
import { evaluateRows, type EvaluatedTask } from '../measure/evaluate-rows.ts';
import { findModel } from '../model/find-model.ts';
import { openEngine, type CommandEngine } from '../model/open-engine.ts';

interface Values {
  readonly model: string;
  readonly data: readonly string[];
  readonly textColumn: string;
  readonly tagSeparator: string | undefined;
  readonly slice: string | undefined;
  readonly compare: string | undefined;
  readonly errors: number;
  readonly onBadRow: string;
  readonly seed: number;
  readonly threads: number | undefined;
}

type Evaluated = ReadonlyMap<string, EvaluatedTask>;

async function openModel(source: string, engine: CommandEngine, context: CommandContext): Promise<MultiTaskModel> {
  return new MultiTaskModel(await readTaskModel(await findModel(source, context)), { engine });
}

/** Rows whose labels are those of the model's tasks; those that are left out are told. */
async function readFor(
  { tasks }: MultiTaskModel,
  { data, textColumn, tagSeparator, onBadRow }: Values,
  context: CommandContext,
): Promise<{ readonly rows: readonly Row[]; readonly rejected: number }> {
  const skips = onBadRow === 'skip';
  const files = { data, textColumn, tagSeparator: tagSeparator ?? null, onBadRow: skips ? 'skip' : 'stop' } as const;
  const { rows, rejected } = await readRowsFor(tasks, files, context);
  const { onBadRow: tell } = leaveOutBadRows(context.note);
  for (const problem of rejected) tell?.(problem);
  return { rows, rejected: rejected.length };
}

function checkLabelled(evaluated: Evaluated, { tasks }: MultiTaskModel, rows: readonly Row[]): void {
  if (evaluated.size > 0) return;
  const names = [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))];
  const given = names.length === 0 ? 'they have none' : `they have labels of ${names.join(', ')}`;
  throw new UsageError(`no row has a label of the model's tasks, ${Object.keys(tasks).join(', ')}; ${given}`);
}

async function compared(
  evaluated: Evaluated,
  model: MultiTaskModel,
  rows: readonly Row[],
  { other, engine, seed }: { readonly other: string; readonly engine: CommandEngine; readonly seed: number },
  context: CommandContext,
): Promise<NonNullable<Evaluation['comparison']>> {
  await using theirs = await openModel(other, engine, context);
  const tasks = commonTasks(model.tasks, theirs.tasks);
  const others = await evaluateRows(theirs, rows, { seed, tasks, signal: context.stop });
  return { other, tasks: compareModels(evaluated, others, seed) };
}

async function evaluateWith(engine: CommandEngine, values: Values, context: CommandContext): Promise<Evaluation> {
  const { seed, slice, compare, errors } = values;
  await using model = await openModel(values.model, engine, context);
  const { rows, rejected } = await readFor(model, values, context);
  const display = context.progress({ label: 'evaluating', unit: 'rows', total: rows.length });
  const onProgress = (done: number): void => display.update(done);
  const evaluated = await evaluateRows(model, rows, { seed, signal: context.stop, onProgress }).finally(() =>
    display.end(),
  );
  checkLabelled(evaluated, model, rows);
  const tasks = [...evaluated].map(([name, own]) => [name, taskEvaluation(own, errors)] as const);
  return {
    model: values.model,
    rows: rows.length,
    rejected,
    tasks: Object.fromEntries(tasks),
    ...(slice !== undefined && { slices: { column: slice, of: slicesBy(slice, rows, evaluated, seed) } }),
    ...(compare !== undefined && {
      comparison: await compared(evaluated, model, rows, { other: compare, engine, seed }, context),
    }),
  };
}

async function runEvaluate(values: Values, context: CommandContext): Promise<void> {
  const engine = await openEngine(values.threads, context);
  try {
    const evaluation = await evaluateWith(engine, values, context);
    await context.result(evaluation, evaluationText(evaluation));
  } finally {
    await engine.dispose();
  }
}

export const evaluate: Command = defineCommand({
  name: 'evaluate',
  summary: 'Measure a model on labelled rows',
  details:
    'For each task that rows have labels of: all metrics, the first with its 95 % interval, which labels are taken for which, and the rows that are most wrong. --compare measures another model on the same rows, and says how far the difference may be chance.',
  positionals: {
    model: { help: 'a folder of a trained model, or the id of one on the hub' },
    data: { help: 'files of labelled rows (.jsonl, .csv, .tsv, .parquet, also .gz), patterns, or -', atLeast: 1 },
  },
  options: {
    textColumn: { kind: 'text', value: 'NAME', default: 'text', help: 'the column of the texts' },
    tagSeparator: { kind: 'text', value: 'TEXT', help: meaningOf('tagSeparator') },
    slice: { kind: 'text', value: 'COLUMN', help: 'the metrics for each value of this column, too' },
    compare: { kind: 'text', value: 'MODEL', help: 'another model to measure on the same rows' },
    errors: { kind: 'count', value: 'N', default: 10, help: 'how many of the most wrong rows to tell' },
    onBadRow: {
      kind: 'choice',
      value: 'WHAT',
      choices: ['stop', 'skip'],
      default: 'stop',
      help: 'what becomes of rows that cannot be used',
    },
    seed: { kind: 'number', value: 'N', default: 42, help: 'of the intervals' },
    threads: { kind: 'count', value: 'N', help: 'processor threads (default: all)' },
  },
  examples: [
    ['sentence-mtl evaluate runs/tickets/model test.csv', 'metrics, confusions and the worst rows'],
    ['sentence-mtl evaluate runs/b/model test.csv --compare runs/a/model', 'whether b is better than a'],
    ['sentence-mtl evaluate runs/tickets/model test.csv --slice country --json', 'by country, for programs'],
  ],
  run: runEvaluate,
});
