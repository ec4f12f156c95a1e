import {
  abs,
  add,
  argMax,
  broadcastTo,
  cast,
  clip,
  concat,
  cumsum,
  div,
  equal,
  erf,
  exp,
  gather,
  gelu,
  layerNorm,
  less,
  lessEqual,
  linear,
  log,
  logicalAnd,
  logicalNot,
  logicalOr,
  logSoftmax,
  logSumExp,
  matMul,
  max,
  maximum,
  mean,
  min,
  minimum,
  mul,
  neg,
  pad,
  pow,
  relu,
  reshape,
  scatterAdd,
  sigmoid,
  slice,
  softmax,
  softmaxCrossEntropy,
  softplus,
  sqrt,
  stopGradient,
  sub,
  sum,
  tanh,
  transpose,
  where,
  type Axes,
  type OperationAttributes,
  type Value,
} from '@sentence-mtl/program';
import type { OperationCaseOf, RecordedOperation } from './operation-case.ts';

type Builder<K extends RecordedOperation> = (inputs: readonly Value[], attributes: OperationAttributes[K]) => Value;

function at(inputs: readonly Value[], index: number): Value {
  const value = inputs[index];
  if (value === undefined) throw new RangeError(`a case with ${inputs.length} inputs has no input ${index}`);
  return value;
}

type OfInputs = (inputs: readonly Value[]) => Value;
const one =
  (build: (x: Value) => Value): OfInputs =>
  (inputs) =>
    build(at(inputs, 0));
const two =
  (build: (a: Value, b: Value) => Value): OfInputs =>
  (inputs) =>
    build(at(inputs, 0), at(inputs, 1));
const three =
  (build: (a: Value, b: Value, c: Value) => Value): OfInputs =>
  (inputs) =>
    build(at(inputs, 0), at(inputs, 1), at(inputs, 2));
const reduction =
  (build: (x: Value, axes: Axes, keepDimensions: boolean) => Value) =>
  (inputs: readonly Value[], { axes, keepDimensions }: OperationAttributes['sum']): Value =>
    build(at(inputs, 0), axes, keepDimensions);

/** The call that makes each operation. An operation without one does not compile; one without a case fails a test. */
export const builders: { readonly [K in RecordedOperation]: Builder<K> } = {
  reshape: (inputs, { shape }) => reshape(at(inputs, 0), shape),
  transpose: (inputs, { permutation }) => transpose(at(inputs, 0), permutation),
  broadcastTo: (inputs, { shape }) => broadcastTo(at(inputs, 0), shape),
  concat: (inputs, { axis }) => concat(inputs, axis),
  slice: (inputs, { axis, start, end }) => slice(at(inputs, 0), axis, start, end),
  pad: (inputs, { axis, before, after }) => pad(at(inputs, 0), axis, before, after),
  neg: one(neg),
  abs: one(abs),
  exp: one(exp),
  log: one(log),
  sqrt: one(sqrt),
  erf: one(erf),
  tanh: one(tanh),
  sigmoid: one(sigmoid),
  softplus: one(softplus),
  relu: one(relu),
  gelu: (inputs, { approximate }) => gelu(at(inputs, 0), approximate),
  clip: (inputs, { minimum: from, maximum: to }) => clip(at(inputs, 0), Number(from), Number(to)),
  pow: (inputs, { exponent }) => pow(at(inputs, 0), exponent),
  cast: (inputs, { dtype }) => cast(at(inputs, 0), dtype),
  stopGradient: one(stopGradient),
  logicalNot: one(logicalNot),
  add: two(add),
  sub: two(sub),
  mul: two(mul),
  div: two(div),
  maximum: two(maximum),
  minimum: two(minimum),
  equal: two(equal),
  less: two(less),
  lessEqual: two(lessEqual),
  logicalAnd: two(logicalAnd),
  logicalOr: two(logicalOr),
  where: three(where),
  sum: reduction(sum),
  mean: reduction(mean),
  max: reduction(max),
  min: reduction(min),
  logSumExp: reduction(logSumExp),
  argMax: (inputs, { axis }) => argMax(at(inputs, 0), axis),
  cumsum: (inputs, { axis, reverse }) => cumsum(at(inputs, 0), axis, reverse),
  softmax: one(softmax),
  logSoftmax: one(logSoftmax),
  layerNorm: (inputs, { epsilon }) => layerNorm(at(inputs, 0), at(inputs, 1), at(inputs, 2), epsilon),
  softmaxCrossEntropy: two(softmaxCrossEntropy),
  matMul: (inputs, attributes) => matMul(at(inputs, 0), at(inputs, 1), attributes),
  linear: three(linear),
  gather: two(gather),
  scatterAdd: (inputs, { rows }) => scatterAdd(at(inputs, 0), at(inputs, 1), rows),
};

/** The value a case is about. */
export function build<K extends RecordedOperation>(
  { op, attributes }: Pick<OperationCaseOf<K>, 'op' | 'attributes'>,
  inputs: readonly Value[],
): Value {
  return builders[op](inputs, attributes);
}
