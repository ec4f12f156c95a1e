import {
  add,
  broadcastTo,
  concat,
  cumsum,
  dimensionAt,
  div,
  exp,
  expandDims,
  gelu,
  layerNorm,
  logSumExp,
  logSoftmax,
  matMul,
  max,
  mean,
  mul,
  neg,
  reshape,
  sigmoid,
  slice,
  softmax,
  softplus,
  square,
  sqrt,
  sub,
  sum,
  tanh,
  transpose,
  where,
  less,
  stopGradient,
  type Value,
} from '@sentence-mtl/program';
import { normal } from '../draws.ts';
import { operationCase, type OperationCase } from '../operation-case.ts';

// A random program: a list of choices, each of which applies one operation to values made before it. Every value has the
// shape (batch, sequence, 4) or one that stretches to it, so that any two can meet.

const FEATURES = 4;
const SHAPE = ['batch', 'sequence', FEATURES] as const;

/** One step: which operation, and which earlier values it takes (counted from the newest, wrapping around). */
export interface Choice {
  readonly operation: number;
  readonly first: number;
  readonly second: number;
}

type Step = (a: Value, b: Value) => Value;

/** Kept small, so that no chain of steps leaves the range where float32 has digits to compare. */
const tame = (x: Value): Value => tanh(mul(x, 0.5));

const full = (x: Value): Value => broadcastTo(x, SHAPE);

const STEPS: readonly Step[] = [
  add,
  sub,
  mul,
  (a, b) => div(a, add(square(b), 1)),
  (a) => neg(a),
  (a) => tanh(a),
  (a) => sigmoid(a),
  (a) => softplus(a),
  (a) => gelu(a),
  (a) => gelu(a, 'tanh'),
  (a) => exp(tame(a)),
  (a) => sqrt(add(square(a), 0.5)),
  (a) => softmax(full(a)),
  (a) => logSoftmax(full(a)),
  (a, b) =>
    layerNorm(
      full(a),
      reshape(mean(full(b), [0, 1]), [FEATURES]),
      reshape(sum(tame(full(b)), [0, 1]), [FEATURES]),
      0.1,
    ),
  (a) => mean(a, -1, true),
  (a) => sum(tame(a), 0, true),
  (a) => max(full(a), 1, true),
  (a) => logSumExp(full(a), [0, 2], true),
  (a) => cumsum(tame(full(a)), 1),
  (a, b) => matMul(softmax(full(a)), tame(full(b)), { transposeB: true, scale: 0.5 }),
  (a, b) => where(less(stopGradient(a), stopGradient(b)), a, b),
  (a) => transpose(transpose(full(a), [1, 2, 0]), [2, 0, 1]),
  (a, b) => slice(concat([full(a), full(b)], 2), 2, 2, 2 + FEATURES),
  (a) => expandDims(mean(full(a), [0, 1]), 0),
];

/** Products of tokens with tokens have the wrong width: their first feature is repeated. */
const fitted = (value: Value): Value => {
  const width = dimensionAt(value.shape, -1);
  return width === FEATURES || width === 1 ? value : mean(value, -1, true);
};

const pick = (values: readonly Value[], back: number): Value => {
  const value = values[values.length - 1 - (back % values.length)];
  if (value === undefined) throw new RangeError('there is always an input');
  return value;
};

/** The program of some choices, as a case; it ends in what every value adds to. */
export function randomProgram(choices: readonly Choice[]): OperationCase {
  return operationCase(
    `random ${JSON.stringify(choices)}`,
    { x: normal(...SHAPE), row: normal(FEATURES), column: normal('batch', 1, 1) },
    ({ x, row, column }) => {
      const values: Value[] = [column, row, x];
      for (const { operation, first, second } of choices) {
        const step = STEPS[operation % STEPS.length] ?? add;
        values.push(fitted(step(pick(values, first), pick(values, second))));
      }
      return values.map(full).reduce((a, b) => add(a, b));
    },
  );
}

/** How many operations a choice has. */
export const STEP_COUNT: number = STEPS.length;
