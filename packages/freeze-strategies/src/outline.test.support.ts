import fc from 'fast-check';
import { planFreezing, trainedPaths, type ParameterLabels } from './freeze-plan.ts';
import type { FreezeStrategy } from './freeze-strategy.ts';
import type { ModelOutline } from './model-parts.ts';
import type { Progress } from './progress.ts';

const MODULES = ['attention.query', 'attention.norm', 'feedForward.up'];

/** A model of `layers` layers with a dense pooling and two heads. */
export function outline(layers: number, layerCount?: number): ModelOutline {
  const linear = (path: string): readonly string[] => [`${path}.weight`, `${path}.bias`];
  const paths = [
    'encoder.embeddings.word.weight',
    ...linear('encoder.embeddings.norm'),
    ...Array.from({ length: layers }, (_, i) =>
      MODULES.flatMap((name) => linear(`encoder.layers.${i}.${name}`)),
    ).flat(),
    ...linear('pooling.dense.0'),
    ...linear('heads.intent.output'),
    ...linear('heads.sentiment.output'),
  ];
  const parameters = new Map(paths.map((path) => [path, { shape: path.endsWith('bias') ? [4] : [4, 3] }]));
  return layerCount === undefined ? { parameters } : { parameters, layerCount };
}

export const START: Progress = { step: 0, epoch: 0, history: [] };

export function labelsAt(
  strategy: FreezeStrategy,
  model: ModelOutline,
  progress: Partial<Progress> = {},
): ParameterLabels {
  const plan = planFreezing(strategy, model);
  return plan.labels(plan.stageAt({ ...START, ...progress }));
}

export function trainedAt(
  strategy: FreezeStrategy,
  model: ModelOutline,
  progress: Partial<Progress> = {},
): readonly string[] {
  return trainedPaths(labelsAt(strategy, model, progress));
}

/** Values of `intent.accuracy` as a history of evaluations. */
export function historyOf(values: readonly (number | null)[]): Progress['history'] {
  return values.map((value, i) => ({ step: 10 * (i + 1), metrics: { 'intent.accuracy': value } }));
}

export const progresses: fc.Arbitrary<Progress> = fc.record({
  step: fc.nat(40),
  epoch: fc.nat(6),
  history: fc.array(fc.option(fc.double({ min: 0, max: 1 }), { freq: 5 }), { maxLength: 8 }).map(historyOf),
});
