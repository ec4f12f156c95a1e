import type { GradientTransformation } from './gradient-transformation.ts';

/** Whether weight decay applies to a parameter. */
export type DecayLabel = (path: string) => boolean;

/** All parameters but biases (`*.bias`) and the weights of normalisations (`*norm.weight`, in any case). */
export const decaysByDefault: DecayLabel = (path) => {
  const [layer = '', name = ''] = path.split('.').slice(-2);
  return path !== 'bias' && name !== 'bias' && !/norm$/i.test(layer);
};

/**
 * Adds `weightDecay · parameter` to the update of the parameters that decay. After `scaleByAdam` it is the decoupled
 * decay of AdamW, before it an L2 penalty.
 */
export function addDecayedWeights(weightDecay: number, decays: DecayLabel = decaysByDefault): GradientTransformation {
  return {
    init: () => [],
    update: ({ path }) => (weightDecay !== 0 && decays(path) ? [{ kind: 'addParameter', factor: weightDecay }] : []),
    readsGlobalNorm: false,
  };
}
