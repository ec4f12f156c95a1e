import { EngineError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import {
  add,
  argMax,
  cast,
  clip,
  concat,
  constant,
  cumsum,
  defineProgram,
  dimensionSize,
  div,
  equal,
  exp,
  float32,
  gather,
  int32,
  layerNorm,
  less,
  linear,
  logSoftmax,
  matMul,
  max,
  mean,
  min,
  mul,
  pad,
  range,
  reshape,
  scatterAdd,
  slice,
  softmax,
  softmaxCrossEntropy,
  sub,
  sum,
  transpose,
  where,
  type Value,
} from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { interpret } from './interpret.ts';
import { fromHostTensor } from './reference-tensor.ts';

const matrix = (...rows: number[][]): Value =>
  constant(float32Tensor(rows.flat(), [rows.length, rows[0]?.length ?? 0]));
const vector = (...data: number[]): Value => constant(float32Tensor(data, [data.length]));
const integers = (...data: number[]): Value => constant(int32Tensor(data, [data.length]));

/** What a value without inputs is, as nested shape and data. */
function evaluate(value: Value): { shape: readonly number[]; data: readonly number[] } {
  const { y } = interpret(defineProgram({}, () => ({ y: value })))({});
  return { shape: y?.shape ?? [], data: y?.data ?? [] };
}

const m = matrix([1, 2, 3], [4, 5, 6]);

describe('the reference engine gives what a person works out', () => {
  it.each([
    ['broadcasting', add(m, vector(10, 20, 30)), [2, 3], [11, 22, 33, 14, 25, 36]],
    ['a column against a row', sub(matrix([1], [2]), vector(1, 2)), [2, 2], [0, -1, 1, 0]],
    ['division', div(m, 2), [2, 3], [0.5, 1, 1.5, 2, 2.5, 3]],
    ['comparison', cast(less(m, vector(2, 2, 4)), 'int32'), [2, 3], [1, 0, 1, 0, 0, 0]],
    ['equality', cast(equal(integers(1, 2), integers(1, 3)), 'int32'), [2], [1, 0]],
    ['choice', where(less(m, 4), m, 0), [2, 3], [1, 2, 3, 0, 0, 0]],
    ['clip', clip(m, 2, 5), [2, 3], [2, 2, 3, 4, 5, 5]],
    ['a cast drops the fraction', cast(vector(1.9, -1.9), 'int32'), [2], [1, -1]],
    ['integer products wrap around', mul(integers(0x7fffffff, 65537), integers(0x7fffffff, 65537)), [2], [1, 131073]],
    ['transpose', transpose(m), [3, 2], [1, 4, 2, 5, 3, 6]],
    ['reshape', reshape(m, [3, 2]), [3, 2], [1, 2, 3, 4, 5, 6]],
    ['concat', concat([m, matrix([7], [8])], 1), [2, 4], [1, 2, 3, 7, 4, 5, 6, 8]],
    ['slice', slice(m, 1, 1, 3), [2, 2], [2, 3, 5, 6]],
    ['pad', pad(m, 0, 1, 0), [3, 3], [0, 0, 0, 1, 2, 3, 4, 5, 6]],
    ['sum', sum(m, 0), [3], [5, 7, 9]],
    ['mean', mean(m, 1, true), [2, 1], [2, 5]],
    ['extremes', sub(max(m), min(m)), [], [5]],
    ['argMax takes the first', argMax(matrix([1, 3, 3]), 1), [1], [1]],
    ['cumsum', cumsum(m, 1), [2, 3], [1, 3, 6, 4, 9, 15]],
    ['cumsum from the end', cumsum(m, 0, true), [2, 3], [5, 7, 9, 4, 5, 6]],
    ['matMul', matMul(m, transpose(m)), [2, 2], [14, 32, 32, 77]],
    [
      'matMul with a transposed operand and a scale',
      matMul(m, m, { transposeB: true, scale: 2 }),
      [2, 2],
      [28, 64, 64, 154],
    ],
    ['linear', linear(m, matrix([1, 0, 1]), vector(10)), [2, 1], [14, 20]],
    ['gather', gather(m, integers(1, 1, 0)), [3, 3], [4, 5, 6, 4, 5, 6, 1, 2, 3]],
    ['scatterAdd', scatterAdd(integers(2, 2), m, 3), [3, 3], [0, 0, 0, 0, 0, 0, 5, 7, 9]],
    ['range', range(4), [4], [0, 1, 2, 3]],
    ['dimensionSize', dimensionSize(7), [], [7]],
  ] as const)('%s', (_name, value, shape, data) => {
    expect(evaluate(value)).toEqual({ shape, data });
  });

  it('softmax, its logarithm and the cross entropy agree', () => {
    const logits = matrix([0, Math.log(3)], [5, 5]);
    const probabilities = evaluate(softmax(logits)).data;
    for (const [i, expected] of [0.25, 0.75, 0.5, 0.5].entries()) expect(probabilities[i]).toBeCloseTo(expected, 6);
    const losses = evaluate(softmaxCrossEntropy(logits, integers(1, -100))).data;
    expect(losses[0]).toBeCloseTo(-Math.log(0.75), 6);
    expect(losses[1]).toBe(0);
    expect(evaluate(exp(logSoftmax(logits))).data).toEqual(probabilities);
  });

  it('layerNorm gives rows of mean 0 and variance 1, and its residuals', () => {
    const y = layerNorm(matrix([1, 3], [5, 5]), vector(1, 1), vector(0, 0), 1e-12);
    expect(evaluate(y).data.map((x) => Math.round(x * 1e6) / 1e6)).toEqual([-1, 1, 0, 0]);
    expect(evaluate(y.node.outputs[1] ?? y).data).toEqual([2, 5]);
    expect(evaluate(y.node.outputs[2] ?? y).data[0]).toBeCloseTo(1, 9);
  });

  it('keeps float64 throughout: what float32 would lose stays', () => {
    const program = defineProgram({ x: float32() }, ({ x }) => ({ y: sub(add(x, 1), 1) }));
    const { y } = interpret(program)({ x: { dtype: 'float32', shape: [], data: [1e-12] } });
    expect(y?.data[0]).toBeCloseTo(1e-12, 15);
  });

  it('refuses an index that selects no row', () => {
    const program = defineProgram({ i: int32(1) }, ({ i }) => ({ y: gather(vector(1, 2), add(i, 5)) }));
    expect(() => interpret(program)({ i: fromHostTensor(int32Tensor([0], [1])) })).toThrow(
      new EngineError('the index 5 selects no row of a table with the rows 0 to 1'),
    );
  });
});
