import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { afterAll, expect, it } from 'vitest';
import { supportMessages } from './support-messages.ts';
import { predictDemo, trainDemo } from './train-demo.ts';
import { vocabularyOf } from './vocabulary.ts';

const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

it('no message is both trained and tested on', () => {
  const { train, test } = supportMessages();
  const trained = new Set(train.map(({ text }) => text));
  expect(test.length).toBeGreaterThan(20);
  expect(test.filter(({ text }) => trained.has(text))).toEqual([]);
});

it('the demo learns both tasks and gives normalised embeddings', async () => {
  const { train, test } = supportMessages();
  const options = { engine, vocabulary: vocabularyOf(train), epochs: 8, seed: 42 };
  const losses: number[] = [];
  const training = await trainDemo(options, train, (_, loss) => losses.push(loss));
  expect(losses[0]).toBeGreaterThan(0.8);
  expect(losses.at(-1)).toBeLessThan(0.2);
  const predictions = await predictDemo(options, training, test);
  for (const task of ['topic', 'sentiment'] as const) {
    const right = predictions.filter((prediction, index) => prediction[task] === test[index]?.[task]).length;
    expect(right / test.length, task).toBeGreaterThan(0.9);
  }
  for (const { embedding } of predictions) expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
});
