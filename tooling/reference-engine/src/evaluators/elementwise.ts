import type { DType } from '@sentence-mtl/core';
import { broadcastShapes } from '@sentence-mtl/program';
import { broadcastElementAt, tabulate } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';
import { erf, gelu, geluTanh, sigmoid, softplus } from '../special-functions.ts';

/** Integers wrap around at 32 bits; everything else keeps the number as it is. */
const inDType = (dtype: DType, value: number): number => (dtype === 'int32' ? value | 0 : value);

type Operands = readonly ReferenceTensor[];

const each =
  (f: (x: number) => number) =>
  (operands: Operands): readonly ReferenceTensor[] => {
    const { dtype, shape, data } = operandAt(operands, 0);
    return [{ dtype, shape, data: data.map((x) => inDType(dtype, f(x))) }];
  };

/** All operands stretched to one shape, then one function of their elements. */
function zip(operands: Operands, dtype: DType, f: (...elements: number[]) => number): readonly ReferenceTensor[] {
  const shape = operands.map((x) => x.shape).reduce((a, b) => broadcastShapes(a, b).map(Number));
  return [tabulate(dtype, shape, (at) => inDType(dtype, f(...operands.map((x) => broadcastElementAt(x, at)))))];
}

const arithmetic =
  (f: (a: number, b: number) => number) =>
  (operands: Operands): readonly ReferenceTensor[] =>
    zip(operands, operandAt(operands, 0).dtype, (a = 0, b = 0) => f(a, b));

const relation =
  (holds: (a: number, b: number) => boolean) =>
  (operands: Operands): readonly ReferenceTensor[] =>
    zip(operands, 'bool', (a = 0, b = 0) => Number(holds(a, b)));

/** The exact low 32 bits of a product of integers, for which float64 has too few digits. */
const product = (dtype: DType): ((a: number, b: number) => number) =>
  dtype === 'int32' ? (a, b) => Number(BigInt.asIntN(32, BigInt(a) * BigInt(b))) : (a, b) => a * b;

const CASTS: Readonly<Record<DType, (x: number) => number>> = {
  float32: (x) => x,
  int32: (x) => Math.trunc(x),
  bool: (x) => Number(x !== 0),
};

export const unaryEvaluators: Pick<
  EvaluatorTable,
  | 'neg'
  | 'abs'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'erf'
  | 'tanh'
  | 'sigmoid'
  | 'softplus'
  | 'relu'
  | 'gelu'
  | 'clip'
  | 'pow'
  | 'cast'
  | 'stopGradient'
  | 'logicalNot'
> = {
  neg: each((x) => -x),
  abs: each(Math.abs),
  exp: each(Math.exp),
  log: each(Math.log),
  sqrt: each(Math.sqrt),
  erf: each(erf),
  tanh: each(Math.tanh),
  sigmoid: each(sigmoid),
  softplus: each(softplus),
  relu: each((x) => Math.max(x, 0)),
  gelu: (operands, { approximate }) => each(approximate === 'tanh' ? geluTanh : gelu)(operands),
  clip: (operands, { minimum, maximum }) => each((x) => Math.min(Math.max(x, minimum), maximum))(operands),
  pow: (operands, { exponent }) => each((x) => x ** exponent)(operands),
  cast(operands, { dtype }) {
    const { shape, data } = operandAt(operands, 0);
    return [{ dtype, shape, data: data.map(CASTS[dtype]) }];
  },
  stopGradient: (operands) => [operandAt(operands, 0)],
  logicalNot: each((x) => 1 - x),
};

export const binaryEvaluators: Pick<
  EvaluatorTable,
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'maximum'
  | 'minimum'
  | 'equal'
  | 'less'
  | 'lessEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'where'
> = {
  add: arithmetic((a, b) => a + b),
  sub: arithmetic((a, b) => a - b),
  mul: (operands) => arithmetic(product(operandAt(operands, 0).dtype))(operands),
  div: arithmetic((a, b) => a / b),
  maximum: arithmetic(Math.max),
  minimum: arithmetic(Math.min),
  equal: relation((a, b) => a === b),
  less: relation((a, b) => a < b),
  lessEqual: relation((a, b) => a <= b),
  logicalAnd: relation((a, b) => a !== 0 && b !== 0),
  logicalOr: relation((a, b) => a !== 0 || b !== 0),
  where: (operands) =>
    zip(operands, operandAt(operands, 1).dtype, (condition, a = 0, b = 0) => (condition === 1 ? a : b)),
};
