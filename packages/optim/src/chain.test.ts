import { ArgumentError } from '@sentence-mtl/core';
import { expect, test } from 'vitest';
import { adamw } from './adamw.ts';
import { decaysByDefault } from './add-decayed-weights.ts';
import { chain } from './chain.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { scaleByLearningRate } from './scale-by-learning-rate.ts';
import { trace } from './trace.ts';

const at = { path: 'heads.intent.output.weight', step: 4, count: 1, globalNorm: 3 };

test('a chain lists the state and the operations of its parts in order', () => {
  const clipped = chain(
    clipByGlobalNorm(1.5),
    trace({ momentum: 0.9 }),
    scaleByLearningRate(({ step }) => 0.1 * step),
  );
  expect(clipped.init(at.path)).toEqual(['trace']);
  expect(clipped.update(at)).toEqual([
    { kind: 'scale', factor: 1.5 / (3 + 1e-6) },
    { kind: 'trace', slot: 'trace', momentum: 0.9, fresh: 1, nesterov: false },
    { kind: 'scale', factor: -0.4 },
  ]);
  expect([clipped.readsGlobalNorm, chain(adamw({ learningRate: 1 })).readsGlobalNorm]).toEqual([true, false]);
});

test('gradients under the limit of the norm are not scaled up', () => {
  expect(clipByGlobalNorm(1).update({ ...at, globalNorm: 0.2 })).toEqual([{ kind: 'scale', factor: 1 }]);
});

test('clipping after another transformation would read the wrong norm, and is refused', () => {
  expect(() => chain(trace({ momentum: 0.9 }), clipByGlobalNorm(1))).toThrow(ArgumentError);
});

test('two transformations with the same state are refused', () => {
  const twice = chain(trace({ momentum: 0.9 }), trace({ momentum: 0.5 }));
  expect(() => twice.init('weight')).toThrow('two transformations of a chain keep the state trace of weight');
});

test.each([
  ['encoder.layers.3.attention.query.weight', true],
  ['encoder.embeddings.word.weight', true],
  ['heads.norm.output.weight', true],
  ['encoder.layers.3.attention.query.bias', false],
  ['encoder.embeddings.layerNorm.weight', false],
  ['encoder.embeddings.norm.weight', false],
  ['encoder.layers.3.feedForward.layerNorm.bias', false],
  ['bias', false],
])('%s decays unless told otherwise: %o', (path, decays) => {
  expect(decaysByDefault(path)).toBe(decays);
});
