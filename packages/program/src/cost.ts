import { addDimensions, multiplyDimensions, type Dimension } from './dimension.ts';
import type { OperationName } from './operation.ts';
import { dimensionAt, elementCount } from './shape.ts';
import type { Node, Value } from './value.ts';

/** What one node costs in a run. */
export interface OperationCost {
  /** Floating point operations, as a polynomial. */
  readonly operations: Dimension;
  /** False for leaves and for views, which move nothing. */
  readonly movesBytes: boolean;
}

/**
 * Floating point operations an element: of the result where the operation is elementwise, of the operand where it
 * reduces. Transcendental functions count as one, as is usual. Undefined marks leaves and views.
 */
const OPERATIONS_PER_ELEMENT: { readonly [K in OperationName]: number | 'product' | undefined } = {
  input: undefined,
  constant: undefined,
  dimensionSize: undefined,
  range: 0,
  reshape: undefined,
  transpose: 0,
  broadcastTo: 0,
  concat: 0,
  slice: 0,
  pad: 0,
  neg: 1,
  abs: 1,
  exp: 1,
  log: 1,
  sqrt: 1,
  erf: 1,
  tanh: 1,
  sigmoid: 3,
  softplus: 4,
  relu: 1,
  gelu: 5,
  clip: 2,
  pow: 1,
  cast: 0,
  stopGradient: undefined,
  logicalNot: 0,
  add: 1,
  sub: 1,
  mul: 1,
  div: 1,
  maximum: 1,
  minimum: 1,
  equal: 1,
  less: 1,
  lessEqual: 1,
  logicalAnd: 0,
  logicalOr: 0,
  where: 0,
  sum: 1,
  mean: 1,
  max: 1,
  min: 1,
  logSumExp: 4,
  argMax: 1,
  cumsum: 1,
  softmax: 5,
  logSoftmax: 5,
  layerNorm: 8,
  softmaxCrossEntropy: 6,
  matMul: 'product',
  linear: 'product',
  gather: 0,
  scatterAdd: 1,
  dropoutMask: 2,
};

/** 2·(elements of the result)·(inner size); a bias adds one an element. */
function productOperations(node: Node, value: Value): Dimension {
  const [a] = node.inputs;
  if (a === undefined) return 0;
  const innerAxis = node.op === 'matMul' && node.attributes.transposeA ? -2 : -1;
  const elements = elementCount(value.shape);
  const products = multiplyDimensions(multiplyDimensions(elements, dimensionAt(a.shape, innerAxis)), 2);
  return node.op === 'linear' ? addDimensions(products, elements) : products;
}

/** The cost of a node as a function of the program's symbols. */
export function operationCost(node: Node): OperationCost {
  const perElement = OPERATIONS_PER_ELEMENT[node.op];
  const [value] = node.outputs;
  if (perElement === undefined || value === undefined) return { operations: 0, movesBytes: false };
  if (perElement === 'product') return { operations: productOperations(node, value), movesBytes: true };
  const reduces =
    node.op === 'sum' ||
    node.op === 'mean' ||
    node.op === 'max' ||
    node.op === 'min' ||
    node.op === 'logSumExp' ||
    node.op === 'argMax' ||
    node.op === 'scatterAdd';
  const counted = reduces ? (node.inputs.at(-1) ?? value) : value;
  return { operations: multiplyDimensions(elementCount(counted.shape), perElement), movesBytes: true };
}
