import { float32Tensor, ShapeError } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { dropoutMask } from './dropout.ts';
import { add, cast, clip, equal, exp, logicalAnd, mul, where } from './elementwise.ts';
import { constant, input } from './leaf.ts';
import { layerNorm, softmaxCrossEntropy } from './normalization.ts';
import { linear, matMul } from './product.ts';
import { sum } from './reduction.ts';
import { gather, scatterAdd } from './rows.ts';
import { concat, expandDims, pad, reshape, slice, squeeze, transpose } from './shape.ts';

const x = input('x', 'float32', ['batch', 384]);
const weight = input('weight', 'float32', [768, 5]);
const ids = input('ids', 'int32', ['batch', 'sequence']);
const flag = input('flag', 'bool', ['batch']);
const key = input('key', 'int32', [2]);

const refused: Readonly<Record<string, readonly [build: () => unknown, message: string]>> = {
  'products of other inner sizes': [
    () => matMul(x, weight),
    'matMul: (batch, 384) × (768, 5): inner sizes 384 and 768 differ',
  ],
  'a weight the wrong way round': [
    () => matMul(x, input('w', 'float32', [5, 384])),
    'matMul: (batch, 384) × (5, 384): inner sizes 384 and 5 differ; transpose the second operand?',
  ],
  'products of vectors': [() => matMul(flag, weight), 'first operand is bool, not float32'],
  'a linear weight stored as (in, out)': [
    () => linear(x, input('w', 'float32', [384, 5]), input('b', 'float32', [384])),
    'linear: (batch, 384) with a weight of (384, 5): inner sizes 384 and 5 differ; the weight is stored as (out, in): transpose it?',
  ],
  'a bias of another size': [
    () => linear(x, input('w', 'float32', [5, 384]), input('b', 'float32', [4])),
    'the bias is (4), not (5)',
  ],
  'mixed dtypes': [() => add(x, ids), 'add: float32 with int32; cast one of them first'],
  'a fraction beside integers': [() => mul(ids, 0.5), '0.5 is no int32; cast the other operand to float32 first'],
  'a number too large for int32': [() => equal(ids, 2 ** 31), '2147483648 is no int32'],
  'a number for a bool': [() => where(flag, flag, 2), '2 is no bool'],
  'no operands to join': [() => concat([], 0), 'concat: axis 0 is not one of (), which has none'],
  'shapes that do not broadcast': [
    () => add(x, input('y', 'float32', ['batch'])),
    'add: (batch, 384) and (batch) do not broadcast',
  ],
  'a logarithmic function of integers': [() => exp(ids), 'exp: the operand is int32, not float32; cast it first'],
  'logic on numbers': [() => logicalAnd(x, x), 'logicalAnd: the operand is float32, not bool'],
  'a condition that is no bool': [() => where(ids, x, x), 'where: the condition is int32, not bool'],
  'limits out of order': [() => clip(x, 1, 0), 'clip: the limits 1 and 0 are out of order'],
  'limits that are NaN': [() => clip(x, Number.NaN, 0), 'clip: the limits NaN and 0 are out of order'],
  'an axis that does not exist': [() => sum(x, 2), 'sum: axis 2 is not one of (batch, 384); use -2 to 1'],
  'an axis named twice': [() => sum(x, [1, -1]), 'sum: axes [1, -1] repeat one'],
  'a reshape of another size': [() => reshape(x, ['batch', 2, 100]), 'reshape: (batch, 384) to (batch, 2, 100)'],
  'a size that cannot be inferred': [() => reshape(x, [-1, 5]), '5 does not divide 384*batch'],
  'a permutation with a repeat': [
    () => transpose(x, [0, 0]),
    'transpose: [0, 0] does not name each axis of (batch, 384) once',
  ],
  'a squeeze of a long axis': [() => squeeze(x, 1), 'squeeze: axis 1 of (batch, 384) is not of size 1'],
  'an axis beyond the end': [() => expandDims(x, 4), 'expandDims: axis 4 is not one of (batch, 384, 1)'],
  'operands that differ beside the axis': [
    () => concat([x, weight], 0),
    'concat: (batch, 384) and (768, 5) differ beside axis 0',
  ],
  'a slice beyond the end': [() => slice(x, 1, 0, 400), 'slice: 0 to 400 leaves axis 1 of (batch, 384)'],
  'a negative padding': [() => pad(x, 1, -1, 0), 'pad: -1 before and 0 after axis 1: a padding is not negative'],
  'a gamma of another size': [
    () => layerNorm(x, input('g', 'float32', [5]), input('b', 'float32', [384]), 1e-12),
    'layerNorm: gamma is (5); for x (batch, 384) it is (384)',
  ],
  'an epsilon of zero': [
    () => layerNorm(x, input('g', 'float32', [384]), input('b', 'float32', [384]), 0),
    'layerNorm: epsilon is 0; it must be above 0',
  ],
  'labels of another shape': [
    () => softmaxCrossEntropy(x, ids),
    'softmaxCrossEntropy: logits (batch, 384) with labels (batch, sequence); one label a row is needed',
  ],
  'fractional indices': [() => gather(weight, x), 'gather: the indices operand is float32, not int32'],
  'updates that do not fit their indices': [
    () => scatterAdd(ids, x, 9),
    'do not begin with the shape of the indices (batch, sequence)',
  ],
  'a dropout rate of 1': [() => dropoutMask(key, ['batch'], 1, 0), 'dropoutMask: the rate is 1; it lies in [0, 1)'],
  'a key of another shape': [
    () => dropoutMask(ids, ['batch'], 0.1, 0),
    'dropoutMask: the key is (batch, sequence), not (2)',
  ],
};

describe('a builder refuses', () => {
  for (const [what, [build, message]] of Object.entries(refused)) {
    it(what, () => {
      expect(build).toThrow(ShapeError);
      expect(build).toThrow(message);
    });
  }

  it('and the first line of the stack is the caller', () => {
    try {
      matMul(x, weight);
      expect.unreachable();
    } catch (error) {
      const [, first] = (error as Error).stack?.split('\n') ?? [];
      expect(first).not.toContain('ops/product');
      expect(first).not.toContain('apply.ts');
    }
  });
});

describe('a builder', () => {
  it('takes numbers for scalars of the other operand dtype', () => {
    expect(add(ids, 1).dtype).toBe('int32');
    expect(add(1, x).dtype).toBe('float32');
    expect(where(flag, 1, 0).dtype).toBe('float32');
  });

  it('returns its operand where there is nothing to do', () => {
    expect(reshape(x, ['batch', 384])).toBe(x);
    expect(cast(x, 'float32')).toBe(x);
    expect(pad(x, 0, 0, 0)).toBe(x);
  });

  it('infers symbolic sizes', () => {
    expect(reshape(ids, [-1]).shape).toEqual(['batch*sequence']);
    expect(concat([ids, ids], 1).shape).toEqual(['batch', '2*sequence']);
    expect(slice(ids, 1, 1, 'sequence').shape).toEqual(['batch', 'sequence+-1']);
    expect(gather(constant(float32Tensor([1, 2, 3, 4], [2, 2])), ids).shape).toEqual(['batch', 'sequence', 2]);
  });
});
