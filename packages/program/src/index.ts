export { bindInputs } from './bind-inputs.ts';
export { bool, defineProgram, float32, int32 } from './define-program.ts';
export type { InputTypes, InputValues, Program, ProgramOutputs } from './define-program.ts';
export {
  addDimensions,
  bindDimension,
  divideDimensions,
  evaluateDimension,
  isSymbol,
  multiplyDimensions,
  subtractDimensions,
  symbolsOf,
} from './dimension.ts';
export type { Bindings, Dimension, Ring } from './dimension.ts';
export type {
  CompileOptions,
  Engine,
  Executable,
  Feeds,
  Fetches,
  GraphValue,
  OpenGraph,
  Precision,
  RunOptions,
} from './engine.ts';
export { bindFeeds } from './feeds.ts';
export { gradient } from './gradient.ts';
export {
  AVALANCHE_FACTORS,
  avalanche,
  dropoutKey,
  keepMask,
  keepThreshold,
  POSITION_FACTOR,
  siteSalt,
} from './keep-mask.ts';
export type { OperationAttributes, OperationName } from './operation.ts';
export { dropout, dropoutMask } from './ops/dropout.ts';
export {
  abs,
  add,
  cast,
  clip,
  div,
  equal,
  erf,
  exp,
  gelu,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  relu,
  sigmoid,
  softplus,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
  where,
} from './ops/elementwise.ts';
export { constant, dimensionSize, input, range } from './ops/leaf.ts';
export { layerNorm, logSoftmax, softmax, softmaxCrossEntropy } from './ops/normalization.ts';
export { scalar } from './ops/operand.ts';
export type { Operand } from './ops/operand.ts';
export { linear, matMul } from './ops/product.ts';
export type { MatMulOptions } from './ops/product.ts';
export { argMax, cumsum, logSumExp, max, mean, min, sum, topOne } from './ops/reduction.ts';
export type { Axes } from './ops/reduction.ts';
export { gather, scatterAdd } from './ops/rows.ts';
export { broadcastTo, concat, expandDims, pad, reshape, slice, squeeze, transpose } from './ops/shape.ts';
export { printProgram } from './print-program.ts';
export { rewriteProgram, rewriteRules } from './rewrite-program.ts';
export type { RewriteContext, RewriteRule } from './rewrites/rule.ts';
export { schedule } from './schedule.ts';
export {
  bindShape,
  broadcastShapes,
  dimensionAt,
  elementCount,
  formatShape,
  shapesEqual,
  staticShape,
} from './shape.ts';
export type { Shape } from './shape.ts';
export { programStatistics } from './statistics.ts';
export type { ProgramStatistics } from './statistics.ts';
export { checkTargets } from './targets.ts';
export type { GradientRule, Node, NodeOf, TensorType, TypeRule, Value } from './value.ts';
export { verifyProgram } from './verify-program.ts';
