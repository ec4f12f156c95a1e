export { binaryCrossEntropy, binaryCrossEntropyWithMissing } from './losses/binary-cross-entropy.ts';
export { lossCases } from './loss-cases/loss-cases.ts';
export { operationProgram } from './operations/operation-program.ts';
