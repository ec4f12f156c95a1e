// What a finished run is worth: its best model on the test rows, beside simple methods on the same rows.
import { Random } from '@sentence-mtl/core';
import type { Row } from '@sentence-mtl/data';
import { MultiTaskModel, SentenceEncoder, readTaskModel, type SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { TestDetails } from '@sentence-mtl/report';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Settings } from '../config/settings.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { evaluateRows, type EvaluatedTask } from '../measure/evaluate-rows.ts';
import { FrozenEmbeddings } from '../measure/frozen-embeddings.ts';
import { measureTask, type MeasuredTask } from '../measure/measured-task.ts';
import {
  BASELINES,
  MOST_ROWS,
  runBaselines,
  type BaselineName,
  type BaselineOutputs,
} from '../measure/run-baselines.ts';
import { taskRows } from '../measure/task-rows.ts';
import { bestBaseline, type BestBaseline } from './best-baseline.ts';
import { taskDetails } from './task-details.ts';

/** Of a task: the model, and the baselines that there are for it. */
export interface TaskResult {
  readonly model: MeasuredTask;
  readonly baselines: Readonly<Partial<Record<BaselineName, MeasuredTask>>>;
  /** Absent where there are no baselines. */
  readonly best?: BestBaseline;
}

export interface RunResults {
  readonly testRows: number;
  /** Training rows that the baselines have learnt from. */
  readonly baselineRows: number;
  readonly tasks: Readonly<Record<string, TaskResult>>;
}

export interface MeasuringWork {
  readonly settings: Pick<Settings, 'seed' | 'baselines'>;
  readonly dataset: Pick<Dataset, 'rows' | 'tasks'>;
  /** Before any training. */
  readonly encoder: SentenceModel;
  readonly engine: Engine;
  /** Of the best model. */
  readonly modelFolder: string;
}

type Context = Pick<CommandContext, 'stop' | 'progress' | 'note'>;

async function measureModel(
  { dataset: { rows }, engine, modelFolder, settings: { seed } }: MeasuringWork,
  { stop, progress }: Context,
): Promise<ReadonlyMap<string, EvaluatedTask>> {
  await using model = new MultiTaskModel(await readTaskModel(modelFolder), { engine });
  const display = progress({ label: 'testing', unit: 'rows', total: rows.test.length });
  try {
    const onProgress = (done: number): void => display.update(done);
    return await evaluateRows(model, rows.test, { seed, signal: stop, onProgress });
  } finally {
    display.end();
  }
}

/** The training rows that baselines learn from: all, or a sample of so many. */
function sampledRows(rows: readonly Row[], seed: number): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const places = Random.of(seed).split('baseline rows').permutation(rows.length).slice(0, MOST_ROWS).toSorted();
  return Array.from(places).flatMap((place) => rows[place] ?? []);
}

interface MeasuredBaselines {
  readonly outputs: BaselineOutputs;
  readonly measured: TaskResult['baselines'];
}

async function measureBaselines(
  work: MeasuringWork,
  learntFrom: readonly Row[],
  { stop, note }: Context,
): Promise<ReadonlyMap<string, MeasuredBaselines>> {
  const { dataset, encoder, engine, settings } = work;
  await note('measuring simple methods on the same rows');
  await using sentences = new SentenceEncoder(encoder, { engine });
  const frozen = new FrozenEmbeddings(sentences, stop);
  const measured = new Map<string, MeasuredBaselines>();
  for (const [name, task] of Object.entries(dataset.tasks)) {
    const rows = { train: taskRows(name, task, learntFrom), test: taskRows(name, task, dataset.rows.test) };
    if (rows.train.places.length === 0 || rows.test.places.length === 0) continue;
    const outputs = await runBaselines(rows, { frozen, seed: settings.seed, signal: stop });
    const entries = BASELINES.flatMap((baseline) => {
      const own = outputs[baseline];
      return own === undefined ? [] : [[baseline, measureTask(own, settings.seed)] as const];
    });
    measured.set(name, { outputs, measured: Object.fromEntries(entries) });
  }
  return measured;
}

function taskResult(evaluated: EvaluatedTask, own: MeasuredBaselines | undefined, seed: number): TaskResult {
  const { measured: model } = evaluated;
  if (own === undefined) return { model, baselines: {} };
  const best = bestBaseline(evaluated, own.outputs, own.measured, seed);
  return { model, baselines: own.measured, ...(best !== undefined && { best }) };
}

/** What a run is worth, and the test rows seen from nearer. */
export interface MeasuredRun {
  readonly results: RunResults;
  readonly details: TestDetails;
}

/**
 * Measures the best model of a run, and the baselines.
 *
 * @throws the signal's reason, where it aborts
 */
export async function measureRun(work: MeasuringWork, context: Context): Promise<MeasuredRun> {
  const { dataset, settings } = work;
  const model = await measureModel(work, context);
  const learntFrom = settings.baselines ? sampledRows(dataset.rows.train, settings.seed) : [];
  const baselines = settings.baselines
    ? await measureBaselines(work, learntFrom, context)
    : new Map<string, MeasuredBaselines>();
  const results = [...model].map(([name, evaluated]) => [
    name,
    taskResult(evaluated, baselines.get(name), settings.seed),
  ]);
  const details = [...model].map(([name, evaluated]) => [name, taskDetails(evaluated, settings.seed)]);
  return {
    results: {
      testRows: dataset.rows.test.length,
      baselineRows: learntFrom.length,
      tasks: Object.fromEntries(results) as RunResults['tasks'],
    },
    details: { tasks: Object.fromEntries(details) as TestDetails['tasks'] },
  };
}
