import { aggregateTasks, type TaskEvaluation } from '@sentence-mtl/evaluation';
import type { ModelEvaluation } from '../evaluate/evaluator.ts';
import { AGGREGATE } from './best-evaluation.ts';
import type { Run } from './run.ts';
import { saveModel } from './save-model.ts';
import type { StageRunner } from './stage-runner.ts';

/** Metrics by name, as strategies and best model go by them. */
function metricsOf(tasks: Readonly<Record<string, TaskEvaluation>>): Record<string, number | null> {
  const entries = Object.entries(tasks).flatMap(([task, { metrics }]) =>
    Object.entries(metrics).map(([name, { value }]) => [`${task}.${name}`, value ?? null] as const),
  );
  return Object.fromEntries(entries);
}

async function measure({ parts: { validation } }: Run, stage: StageRunner): Promise<ModelEvaluation> {
  if (validation === undefined || stage.validation === undefined) return { tasks: {}, losses: {} };
  return stage.evaluator.evaluate(validation, stage.validation);
}

/** Evaluates the model as it is now, and keeps it where it is the best so far. */
export async function evaluateRun(run: Run, stage: StageRunner, epoch: number): Promise<void> {
  const { options, settings, folder, tell } = run.parts;
  const started = options.clock();
  const { tasks, losses } = await measure(run, stage);
  const aggregate = aggregateTasks(tasks, settings.bestMetric).value ?? null;
  const { step } = run.state;
  const metrics = { ...metricsOf(tasks), [AGGREGATE]: aggregate };
  run.state = { ...run.state, history: [...run.state.history, { step, metrics }] };
  const isBest = run.best?.step === step;
  const evaluated = options.clock();
  if (isBest) await saveModel(run);
  const seconds = (evaluated - started) / 1000;
  const savingSeconds = isBest ? (options.clock() - evaluated) / 1000 : 0;
  await folder.logMetrics({ kind: 'evaluation', step, epoch, losses, metrics });
  await folder.logTiming({ kind: 'evaluation', step, seconds });
  tell({ kind: 'evaluated', step, epoch, tasks, losses, aggregate, isBest, seconds, savingSeconds });
}
