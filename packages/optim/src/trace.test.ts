import { ArgumentError } from '@sentence-mtl/core';
import { expect, it } from 'vitest';
import { sgd, type SgdOptions } from './sgd.ts';
import { trace } from './trace.ts';

it.each([
  [{ momentum: Number.NaN }, 'the momentum of SGD is NaN; it must be at least 0 and below 1'],
  [{ momentum: 9 }, 'the momentum of SGD is 9'],
  [{ momentum: -0.9 }, 'the momentum of SGD is -0.9'],
  [{ momentum: 0.9, dampening: Number.NaN }, 'the dampening of SGD is NaN'],
  [{ momentum: 0.9, dampening: 1 }, 'the dampening of SGD is 1'],
  [{ momentum: 0.9, dampening: 0.1, nesterov: true }, "Nesterov's momentum is for a momentum above 0 and no dampening"],
  [{ nesterov: true }, "Nesterov's momentum is for a momentum above 0"],
] satisfies readonly [Omit<SgdOptions, 'learningRate'>, string][])('refuses %o', (options, message) => {
  expect(() => sgd({ learningRate: 0.1, ...options })).toThrow(ArgumentError);
  expect(() => sgd({ learningRate: 0.1, ...options })).toThrow(message);
});

it('keeps the whole gradient with a momentum of 0', () => {
  expect(() => trace({ momentum: 0 })).not.toThrow();
});
