import { addDecayedWeights, type DecayLabel } from './add-decayed-weights.ts';
import { chain } from './chain.ts';
import type { GradientTransformation, Scheduled } from './gradient-transformation.ts';
import { scaleByAdam, type AdamOptions } from './scale-by-adam.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';

export interface AdamwOptions extends AdamOptions {
  readonly learningRate: Scheduled;
  /** 0.01 unless given. */
  readonly weightDecay?: Scheduled;
  /** Which parameters decay: `decaysByDefault` unless given. */
  readonly decays?: DecayLabel;
}

/**
 * Adam with decoupled weight decay: `p ← p - η (m̂ / (√v̂ + ε) + λ p)`.
 * Loshchilov and Hutter, "Decoupled weight decay regularization" (2019); what torch's AdamW computes.
 */
export function adamw({ learningRate, weightDecay = 0.01, decays, ...adam }: AdamwOptions): GradientTransformation {
  return chain(scaleByAdam(adam), addDecayedWeights(weightDecay, decays), scaleByLearningRate(learningRate));
}
