export type {
  Balance,
  BalancingMethod,
  BalancingState,
  ByTask,
  LabelledStep,
  MeasuredStep,
} from './balancing-method.ts';
export { equalWeights, fixedWeights } from './fixed-weights.ts';
export { restoreBalancing } from './restore-balancing.ts';
export type { ScalarOptimizer } from './scalar-update.ts';
export { uncertaintyWeighting } from './uncertainty-weighting.ts';
export type { UncertaintyWeightingOptions } from './uncertainty-weighting.ts';
