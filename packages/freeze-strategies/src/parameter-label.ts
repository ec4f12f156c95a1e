import { isBias, isNormalization } from '@sentence-mtl/core';
import { groupOf } from './parameter-place.ts';

/** The label of a parameter that does not train. */
export const FROZEN = 'frozen';

/** What a strategy does to a parameter: freezes it, or multiplies its learning rate and its weight decay. */
export type Effect = typeof FROZEN | { readonly rate: number; readonly decay: number };

/** How a parameter trains. */
export interface TrainedLabel {
  /** The part of the model it belongs to: `embeddings`, `layers.3`, `pooling`, `heads.intent` or `other`. */
  readonly group: string;
  /** A factor on the learning rate of the run. */
  readonly rate: number;
  /** A factor on the weight decay of the run; 0 exempts it. */
  readonly decay: number;
}

/** Frozen, or how it trains. */
export type ParameterLabel = typeof FROZEN | TrainedLabel;

/** The effect that changes nothing. */
export const NO_EFFECT: Effect = { rate: 1, decay: 1 };

/** Two effects at once: frozen wins, factors multiply. The order does not matter. */
export function bothEffects(a: Effect, b: Effect): Effect {
  if (a === FROZEN || b === FROZEN) return FROZEN;
  return { rate: a.rate * b.rate, decay: a.decay * b.decay };
}

/** The label that an effect gives a parameter. Biases and normalisations do not decay. */
export function labelOf(path: string, effect: Effect): ParameterLabel {
  if (effect === FROZEN) return FROZEN;
  const decays = !isBias(path) && !isNormalization(path);
  return { group: groupOf(path), rate: effect.rate, decay: decays ? effect.decay : 0 };
}
