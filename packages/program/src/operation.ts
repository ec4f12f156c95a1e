import type { DType, HostTensor } from '@sentence-mtl/core';
import type { Dimension } from './dimension.ts';
import type { Shape } from './shape.ts';

/** What an operation needs to know beside its inputs. */
export interface NoAttributes {
  readonly [name: string]: never;
}

export interface AxisAttributes {
  readonly axis: number;
}

export interface ReductionAttributes {
  /** Counted from the front, ascending. */
  readonly axes: readonly number[];
  readonly keepDimensions: boolean;
}

/**
 * Every operation and its attributes. This is the one list of names: the tables of type rules, gradients, costs,
 * ONNX lowerings and tfjs calls are typed by it, so that a missing entry does not compile.
 */
export interface OperationAttributes {
  // Leaves
  input: { readonly name: string; readonly dtype: DType; readonly shape: Shape };
  /** A named constant is a weight: the name is kept in exported graphs. */
  constant: { readonly tensor: HostTensor; readonly name?: string };
  dimensionSize: { readonly dimension: Dimension };
  range: { readonly end: Dimension };
  // Shape
  reshape: { readonly shape: Shape };
  transpose: { readonly permutation: readonly number[] };
  broadcastTo: { readonly shape: Shape };
  concat: AxisAttributes;
  slice: { readonly axis: number; readonly start: Dimension; readonly end: Dimension };
  pad: { readonly axis: number; readonly before: Dimension; readonly after: Dimension };
  // Elementwise, one operand
  neg: NoAttributes;
  abs: NoAttributes;
  exp: NoAttributes;
  log: NoAttributes;
  sqrt: NoAttributes;
  erf: NoAttributes;
  tanh: NoAttributes;
  sigmoid: NoAttributes;
  softplus: NoAttributes;
  relu: NoAttributes;
  gelu: { readonly approximate: 'none' | 'tanh' };
  clip: { readonly minimum: number; readonly maximum: number };
  pow: { readonly exponent: number };
  cast: { readonly dtype: DType };
  stopGradient: NoAttributes;
  logicalNot: NoAttributes;
  // Elementwise, two or three operands
  add: NoAttributes;
  sub: NoAttributes;
  mul: NoAttributes;
  div: NoAttributes;
  maximum: NoAttributes;
  minimum: NoAttributes;
  equal: NoAttributes;
  less: NoAttributes;
  lessEqual: NoAttributes;
  logicalAnd: NoAttributes;
  logicalOr: NoAttributes;
  where: NoAttributes;
  // Along axes
  sum: ReductionAttributes;
  mean: ReductionAttributes;
  max: ReductionAttributes;
  min: ReductionAttributes;
  logSumExp: ReductionAttributes;
  argMax: AxisAttributes;
  cumsum: AxisAttributes & { readonly reverse: boolean };
  softmax: NoAttributes;
  logSoftmax: NoAttributes;
  layerNorm: { readonly epsilon: number };
  softmaxCrossEntropy: NoAttributes;
  // Products
  matMul: { readonly transposeA: boolean; readonly transposeB: boolean; readonly scale: number };
  linear: NoAttributes;
  // Rows
  gather: NoAttributes;
  scatterAdd: { readonly rows: Dimension };
  // Randomness
  dropoutMask: { readonly shape: Shape; readonly rate: number; readonly site: number };
}

/** The name of an operation. */
export type OperationName = keyof OperationAttributes;
