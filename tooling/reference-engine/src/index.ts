export { interpret } from './interpret.ts';
export { referenceEngine } from './reference-engine.ts';
export { fromHostTensor, toHostTensor } from './reference-tensor.ts';
export type { ReferenceTensor } from './reference-tensor.ts';
export { erf, erfc } from './special-functions.ts';
