import { dropoutMaskRule } from './ops/dropout.ts';
import {
  arithmeticRule,
  castRule,
  clipRule,
  comparisonRule,
  floatPairRule,
  floatRule,
  logicalNotRule,
  logicalRule,
  numericRule,
  sameRule,
  whereRule,
} from './ops/elementwise.ts';
import { constantRule, dimensionSizeRule, inputRule, rangeRule } from './ops/leaf.ts';
import { lastAxisRule, layerNormRule, softmaxCrossEntropyRule } from './ops/normalization.ts';
import { linearRule, matMulRule } from './ops/product.ts';
import { argMaxRule, cumsumRule, floatReductionRule, reductionRule } from './ops/reduction.ts';
import { gatherRule, scatterAddRule } from './ops/rows.ts';
import { broadcastToRule, concatRule, padRule, reshapeRule, sliceRule, transposeRule } from './ops/shape.ts';
import type { OperationName } from './operation.ts';
import type { TypeRule } from './value.ts';

/** The type rule of every operation: what its results are, and which operands it refuses. */
export const typeRules: { readonly [K in OperationName]: TypeRule<K> } = {
  input: inputRule,
  constant: constantRule,
  dimensionSize: dimensionSizeRule,
  range: rangeRule,
  reshape: reshapeRule,
  transpose: transposeRule,
  broadcastTo: broadcastToRule,
  concat: concatRule,
  slice: sliceRule,
  pad: padRule,
  neg: numericRule,
  abs: numericRule,
  exp: floatRule,
  log: floatRule,
  sqrt: floatRule,
  erf: floatRule,
  tanh: floatRule,
  sigmoid: floatRule,
  softplus: floatRule,
  relu: floatRule,
  gelu: floatRule,
  clip: clipRule,
  pow: floatRule,
  cast: castRule,
  stopGradient: sameRule,
  logicalNot: logicalNotRule,
  add: arithmeticRule,
  sub: arithmeticRule,
  mul: arithmeticRule,
  div: floatPairRule,
  maximum: floatPairRule,
  minimum: floatPairRule,
  equal: comparisonRule,
  less: comparisonRule,
  lessEqual: comparisonRule,
  logicalAnd: logicalRule,
  logicalOr: logicalRule,
  where: whereRule,
  sum: reductionRule,
  mean: floatReductionRule,
  max: floatReductionRule,
  min: floatReductionRule,
  logSumExp: floatReductionRule,
  argMax: argMaxRule,
  cumsum: cumsumRule,
  softmax: lastAxisRule,
  logSoftmax: lastAxisRule,
  layerNorm: layerNormRule,
  softmaxCrossEntropy: softmaxCrossEntropyRule,
  matMul: matMulRule,
  linear: linearRule,
  gather: gatherRule,
  scatterAdd: scatterAddRule,
  dropoutMask: dropoutMaskRule,
};

/** The types of a node's results, worked out anew. */
export function inferTypes<K extends OperationName>(node: {
  readonly op: K;
  readonly inputs: Parameters<TypeRule<K>>[0];
  readonly attributes: Parameters<TypeRule<K>>[1];
}): ReturnType<TypeRule<K>> {
  return typeRules[node.op](node.inputs, node.attributes);
}
