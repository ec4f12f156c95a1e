import { valueAt, type GradientTransformation, type Scheduled } from './gradient-transformation.ts';

/** Multiplies updates by minus the learning rate, so that adding them descends. */
export function scaleByLearningRate(learningRate: Scheduled): GradientTransformation {
  return {
    init: () => [],
    update: (at) => [{ kind: 'scale', factor: -valueAt(learningRate, at) }],
    readsGlobalNorm: false,
  };
}
