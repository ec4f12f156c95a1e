import {
  frozenPrefix,
  trainedPaths,
  type FreezePlan,
  type ParameterLabels,
  type Progress,
} from '@sentence-mtl/freeze-strategies';
import { lossScope, type Tasks } from '@sentence-mtl/heads';
import type { ProgramStart } from '../program/program-start.ts';
import type { TrainingModel } from '../training-model.ts';

/** A stretch of a run in which the same parameters train, in the same way. */
export interface RunStage {
  /** Equal for equal stages. */
  readonly key: string;
  readonly labels: ParameterLabels;
  readonly trained: readonly string[];
  readonly start: ProgramStart;
}

const poolsTokens = (tasks: Tasks): boolean =>
  Object.values(tasks).some((task) => 'head' in task && typeof task.head.input === 'object');

/** Whether all losses are sums over rows, so that a step may be cut into micro-batches. */
export const mayCut = (tasks: Tasks): boolean => Object.values(tasks).every((task) => lossScope(task) === 'rows');

/**
 * Where the steps of a stage begin. A program that begins at a layer takes texts of one width, so that steps are cut by
 * width; where they may not be cut, it begins at the tokens.
 */
function startOf({ config, tasks }: TrainingModel, labels: ParameterLabels): ProgramStart {
  const { layerCount } = config.encoder;
  const prefix = frozenPrefix(labels, layerCount);
  if (prefix.sentenceEmbedding && !poolsTokens(tasks)) return { kind: 'embedding' };
  const layers = prefix.sentenceEmbedding ? layerCount : prefix.layers;
  return prefix.embeddings && layers > 0 && mayCut(tasks) ? { kind: 'layer', layer: layers } : { kind: 'tokens' };
}

/** The stage that a run is in. */
export function stageAt(model: TrainingModel, plan: FreezePlan, progress: Progress): RunStage {
  const stage = plan.stageAt(progress);
  const labels = plan.labels(stage);
  return { key: JSON.stringify(stage), labels, trained: trainedPaths(labels), start: startOf(model, labels) };
}
