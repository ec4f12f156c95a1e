// From the names in settings to the parts of a run that they stand for.
import { nearestMatch } from '@sentence-mtl/core';
import { evaluateTask } from '@sentence-mtl/evaluation';
import {
  bitFit,
  freezeEmbeddings,
  freezeEncoder,
  freezeLayersBelow,
  gradualUnfreezing,
  layerNormOnly,
  trainAll,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';
import type { Task, Tasks } from '@sentence-mtl/heads';
import { equalWeights, fixedWeights, uncertaintyWeighting, type BalancingMethod } from '@sentence-mtl/task-balancing';
import { UsageError } from '../command-line/errors.ts';
import { predictedOutputs } from '../measure/predicted-outputs.ts';
import type { Settings } from './settings.ts';

const STRATEGIES: Readonly<Record<string, () => FreezeStrategy>> = {
  none: trainAll,
  embeddings: freezeEmbeddings,
  encoder: freezeEncoder,
  'bias-only': bitFit,
  'layer-norm-only': layerNormOnly,
  gradual: () => gradualUnfreezing({ when: { kind: 'epoch', every: 1 } }),
};

/** The strategy that `freeze` names. */
export function freezingOf({ freeze }: Pick<Settings, 'freeze'>): FreezeStrategy {
  if (freeze.startsWith('layers:')) return freezeLayersBelow(Number(freeze.slice('layers:'.length)));
  return (STRATEGIES[freeze] ?? trainAll)();
}

/** `is intent meant?` */
function hint(name: string, names: readonly string[], what: string): string {
  const nearest = nearestMatch(name, names);
  return nearest === undefined ? `${what} are ${names.join(', ')}` : `is ${nearest} meant?`;
}

/** The method that `balancing` names. @throws UsageError for a weight of a task that is not learnt */
export function balancingOf({ balancing }: Pick<Settings, 'balancing'>, tasks: readonly string[]): BalancingMethod {
  if (balancing === 'equal') return equalWeights();
  if (balancing === 'uncertainty') return uncertaintyWeighting();
  const unknown = Object.keys(balancing).find((name) => !tasks.includes(name));
  if (unknown === undefined) return fixedWeights(balancing);
  const meant = hint(unknown, tasks, 'the tasks');
  throw new UsageError(`balancing has a weight for ${unknown}, which is not a task of this run; ${meant}`);
}

/** The metrics that a task is measured by, whatever its rows. */
function metricsOf(name: string, task: Task): readonly string[] {
  const outputs = predictedOutputs({ name, task, places: [], examples: [], labels: [] }, []);
  return outputs === undefined ? [] : Object.keys(evaluateTask(outputs).metrics);
}

/** @throws UsageError where the best epoch is to be chosen by a metric that there is not, before hours go by */
export function checkBestMetric({ bestMetric }: Pick<Settings, 'bestMetric'>, tasks: Tasks): void {
  if (bestMetric === 'mean') return;
  const at = bestMetric.lastIndexOf('.');
  const [name, metric] = [bestMetric.slice(0, Math.max(at, 0)), bestMetric.slice(at + 1)];
  const start = `the best epoch is to be chosen by ${bestMetric}, which must be mean or TASK.METRIC`;
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task === undefined) throw new UsageError(`${start}; ${hint(name, Object.keys(tasks), 'the tasks')}`);
  const metrics = metricsOf(name, task);
  if (!metrics.includes(metric)) throw new UsageError(`${start}; ${hint(metric, metrics, `the metrics of ${name}`)}`);
}

/** @throws UsageError where more layers are to be frozen than an encoder has */
export function checkFreezing({ freeze }: Pick<Settings, 'freeze'>, layerCount: number): void {
  const layers = freeze.startsWith('layers:') ? Number(freeze.slice('layers:'.length)) : 0;
  if (layers <= layerCount) return;
  throw new UsageError(
    `freeze is ${freeze}, and the encoder has ${layerCount} layers; layers:${layerCount} freezes all`,
  );
}
