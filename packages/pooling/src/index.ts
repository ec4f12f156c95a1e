export { dense, DENSE_ACTIVATIONS } from './dense.ts';
export type { DenseActivation, DenseParameters } from './dense.ts';
export { normalize } from './normalize.ts';
export { poolTokens } from './pool-tokens.ts';
export type { PoolingOptions } from './pool-tokens.ts';
export { POOLING_MODES } from './pooling-mode.ts';
export type { PoolingMode } from './pooling-mode.ts';
