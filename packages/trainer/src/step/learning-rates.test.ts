import { float32Tensor } from '@sentence-mtl/core';
import { classification, defineTasks, multiLabel, pairSimilarity, regression } from '@sentence-mtl/heads';
import { expect, test } from 'vitest';
import { tinyModel } from '../tiny-run.test.support.ts';
import { learningRates } from './learning-rates.ts';

const tasks = defineTasks({
  linear: classification(['a', 'b']),
  tags: multiLabel(['a', 'b']),
  stars: regression(),
  scaled: classification(['a', 'b'], { head: { logitScale: 10 } }),
  raw: classification(['a', 'b'], { head: { input: 'embedding' } }),
  hidden: classification(['a', 'b'], { head: { hiddenSizes: [8] } }),
  alike: pairSimilarity(),
});
const model = { ...(await tinyModel()), tasks };
const ofHead = (task: string): string => `heads.${task}.output.weight`;
const chosen = { learningRate: null, headLearningRate: null };

test('a linear head on embeddings of length 1 has a long way to go, to labels farther than to numbers; no other has', () => {
  const rates = learningRates(model, chosen);
  expect(Object.keys(tasks).map((task) => [task, rates(ofHead(task))])).toEqual([
    ['linear', 3e-2],
    ['tags', 3e-2],
    ['stars', 1e-2],
    ['scaled', 1e-3],
    ['raw', 1e-3],
    ['hidden', 1e-3],
    ['alike', 1e-3],
  ]);
});

test('an encoder of 40 million parameters or more is trained slower', () => {
  const path = 'encoder.layers.0.attention.query.weight';
  expect(learningRates(model, chosen)(path)).toBe(5e-5);
  const large = new Map([...model.parameters, ['encoder.large', float32Tensor(new Float32Array(40e6), [40e6])]]);
  expect(learningRates({ ...model, parameters: large }, chosen)(path)).toBe(2e-5);
});

test('what is given holds, for all heads and all of the encoder', () => {
  const rates = learningRates(model, { learningRate: 1e-6, headLearningRate: 0 });
  expect([rates('encoder.embeddings.word.weight'), rates(ofHead('linear')), rates(ofHead('raw'))]).toEqual([
    1e-6, 0, 0,
  ]);
});
