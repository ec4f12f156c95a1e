import { expect, test } from 'vitest';
import { ArgumentError } from './errors.ts';
import { float32Tensor } from './host-tensor.ts';
import { checkParameterPath, countParameters } from './parameters.ts';

test('the count of parameters is that of their elements', () => {
  const parameters = new Map([
    ['heads.intent.output.weight', float32Tensor(new Float32Array(21), [7, 3])],
    ['heads.intent.output.bias', float32Tensor(new Float32Array(7), [7])],
  ]);
  expect(countParameters(parameters)).toBe(28);
});

test.each(['encoder.layers.3.attention.query.weight', 'heads.star-rating.output.bias', 'weight'])(
  '%s is a path',
  (path) => {
    expect(checkParameterPath(path)).toBe(path);
  },
);

test.each(['', '.weight', 'heads..bias', 'heads.', 'heads/../bias', 'a b'])('%o is not a path', (path) => {
  expect(() => checkParameterPath(path)).toThrow(ArgumentError);
});
