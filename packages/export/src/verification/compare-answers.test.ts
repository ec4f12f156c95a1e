import { ArgumentError } from '@sentence-mtl/core';
import { classification, multiLabel, regression } from '@sentence-mtl/heads';
import { expect, test } from 'vitest';
import { compareAnswers } from './compare-answers.ts';
import type { GraphAnswers } from './graph-answers.ts';

const tasks = {
  intent: classification(['a', 'b', 'c']),
  tags: multiLabel(['x', 'y'], { thresholds: { y: 0.9 } }),
  mood: regression(),
};

function answers(rows: number, outputs: Readonly<Record<string, readonly number[]>>): GraphAnswers {
  return {
    rows,
    output(name) {
      const data = outputs[name];
      if (data === undefined) throw new ArgumentError(name);
      return { columns: data.length / rows, data: Float32Array.from(data) };
    },
  };
}

const expected = answers(2, {
  sentence_embedding: [1, 0, 0, 1],
  logits_intent: [3, 1, 0, -1, 0, 4],
  logits_tags: [1, 1, -1, 3],
  logits_mood: [10, 20],
});

test('answers are no distance from themselves', () => {
  const same = { largest: 0, agreement: 1 };
  expect(compareAnswers(expected, expected, tasks)).toEqual({
    largest: 0,
    meanCosine: 1,
    leastCosine: 1,
    tasks: { intent: same, tags: same, mood: same },
  });
});

test('differences are of the largest number, and predictions agree by label, by all tags, or nearly', () => {
  const actual = answers(2, {
    sentence_embedding: [1, 0, 0.6, 0.8],
    logits_intent: [3, 3.5, 0, -1, 0, 4],
    logits_tags: [1, 2, -1, 3],
    logits_mood: [10.4, 21],
  });
  const { largest, meanCosine, leastCosine, tasks: of } = compareAnswers(actual, expected, tasks);
  expect(largest).toBeCloseTo(0.6, 6);
  expect([meanCosine, leastCosine]).toEqual([expect.closeTo(0.9, 6), expect.closeTo(0.8, 6)]);
  expect(of['intent']).toEqual({ largest: expect.closeTo(2.5 / 4, 6), agreement: 0.5 });
  // The tag y is predicted from a probability of 0.9 on, a logit of 2.197.
  expect(of['tags']).toEqual({ largest: expect.closeTo(1 / 3, 6), agreement: 1 });
  expect(of['mood']).toEqual({ largest: expect.closeTo(1 / 20, 6), agreement: 0.5 });
});

test('any number of rows and of labels is compared', () => {
  const size = 200_000;
  const many = (rows: number, columns: number): GraphAnswers => ({
    rows,
    output: () => ({ columns, data: Float32Array.from({ length: size }, (_, i) => Math.cos(i)) }),
  });
  expect(compareAnswers(many(size, 1), many(size, 1), {}).leastCosine).toBeCloseTo(1, 6);
  const { tasks: of } = compareAnswers(many(1, size), many(1, size), { intent: tasks.intent });
  expect(of['intent']).toEqual({ largest: 0, agreement: 1 });
});

test('what is no number is infinitely far, and never agrees', () => {
  const broken = answers(2, {
    sentence_embedding: [1, NaN, 0, 1],
    logits_intent: [NaN, NaN, NaN, -1, 0, 4],
    logits_tags: [1, 1, -1, 3],
    logits_mood: [NaN, 20],
  });
  const { largest, tasks: of } = compareAnswers(broken, expected, tasks);
  expect(largest).toBe(Infinity);
  expect(of['intent']).toEqual({ largest: Infinity, agreement: 0.5 });
  expect(of['mood']).toEqual({ largest: Infinity, agreement: 0.5 });
});
