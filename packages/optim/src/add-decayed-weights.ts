import { isBias, isNormalization } from '@sentence-mtl/core';
import { valueAt, type GradientTransformation, type Scheduled } from './gradient-transformation.ts';

/** Whether weight decay applies to a parameter. */
export type DecayLabel = (path: string) => boolean;

/** All parameters but biases (`*.bias`) and the weights of normalisations (`*norm.weight`, in any case). */
export const decaysByDefault: DecayLabel = (path) => !isBias(path) && !isNormalization(path);

/**
 * Adds `weightDecay · parameter` to the update of the parameters that decay; a decay may be a function of path and
 * step. After `scaleByAdam` it is the decoupled decay of AdamW, before it an L2 penalty.
 *
 * @throws ArgumentError from `update`, when the decay is negative or not finite
 */
export function addDecayedWeights(
  weightDecay: Scheduled,
  decays: DecayLabel = decaysByDefault,
): GradientTransformation {
  return {
    init: () => [],
    update: (at) => {
      const factor = decays(at.path) ? valueAt(weightDecay, at, 'weight decay') : 0;
      return factor === 0 ? [] : [{ kind: 'addParameter', factor }];
    },
    readsGlobalNorm: false,
  };
}
