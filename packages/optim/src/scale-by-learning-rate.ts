import { valueAt, type GradientTransformation, type Scheduled } from './gradient-transformation.ts';

/**
 * Multiplies updates by minus the learning rate, so that adding them descends.
 * @throws ArgumentError from `update`, when the rate is negative or not finite
 */
export function scaleByLearningRate(learningRate: Scheduled): GradientTransformation {
  return {
    init: () => [],
    update: (at) => [{ kind: 'scale', factor: -valueAt(learningRate, at, 'learning rate') }],
    readsGlobalNorm: false,
  };
}
