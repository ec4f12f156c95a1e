import { ArgumentError } from '@sentence-mtl/core';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import type { ModelParts } from '../model-parts.ts';
import { describeTrigger, type StageTrigger } from '../stage-trigger.ts';
import { freezeEncoder } from './freeze-encoder.ts';
import { freezeLayersBelow } from './freeze-layers-below.ts';
import { staged } from './staged.ts';
import { trainAll } from './train-all.ts';

export interface GradualUnfreezingOptions {
  /** When the next layers thaw. */
  readonly when: StageTrigger;
  /** How many thaw at once: 1 unless given. */
  readonly layersAtOnce?: number;
  /** When the embeddings thaw: `withLowestLayer` unless given; `last` is a stage of their own. */
  readonly embeddings?: 'withLowestLayer' | 'last' | 'never';
}

/** The lowest layer that trains in each stage after the first: 0 is that in which all layers do. */
function lowestTrained({ layerCount, sharedLayers }: ModelParts, layersAtOnce: number): readonly number[] {
  const step = sharedLayers ? layerCount : layersAtOnce;
  const stages = Math.ceil(layerCount / step);
  return Array.from({ length: stages }, (_, i) => Math.max(0, layerCount - (i + 1) * step));
}

function stagesOf(model: ModelParts, layersAtOnce: number, embeddings: string): readonly FreezeStrategy[] {
  const layers = lowestTrained(model, layersAtOnce).map(freezeLayersBelow);
  if (embeddings === 'never') return [freezeEncoder(), ...layers];
  return [freezeEncoder(), ...(embeddings === 'last' ? layers : layers.slice(0, -1)), trainAll()];
}

/**
 * Trains the heads first, then thaws the layers from the top down, with the pooling's own parameters at the first thaw.
 * Layers that share parameters (ALBERT) thaw at once. Howard and Ruder, "Universal language model fine-tuning for text
 * classification" (2018).
 *
 * @throws ArgumentError when the number at once is not one, or, from `plan`, when the trigger does not fit the stages
 */
export function gradualUnfreezing(options: GradualUnfreezingOptions): FreezeStrategy {
  const { when, layersAtOnce = 1, embeddings = 'withLowestLayer' } = options;
  if (!Number.isSafeInteger(layersAtOnce) || layersAtOnce < 1) {
    throw new ArgumentError(`gradualUnfreezing thaws ${layersAtOnce} layers at once; give a whole number above 0`);
  }
  const settings = [describeTrigger(when), `${layersAtOnce} at once`, `embeddings ${embeddings}`];
  return {
    name: `gradualUnfreezing(${settings.join('; ')})`,
    plan: (model) => staged(stagesOf(model, layersAtOnce, embeddings), when).plan(model),
  };
}
