// What all baselines promise, asked of each: the same predictions for the same seed, missing labels without effect, labels
// that were never seen never predicted, and outputs that evaluation takes.
import { Random } from '@sentence-mtl/core';
import { aggregateTasks, evaluateTask, type TaskOutputs } from '@sentence-mtl/evaluation';
import { describe, expect, it } from 'vitest';
import type { BaselineTask } from './baseline-task.ts';
import { selectDenseRows } from './dense/dense-matrix.ts';
import { embeddingBaseline } from './embedding-baseline.ts';
import { majorityBaseline } from './majority-baseline.ts';
import { similarityBaseline } from './similarity-baseline.ts';
import { selectRows } from './sparse-matrix.ts';
import { textFeatures } from './text-features.ts';
import { tfidfBaseline } from './tfidf-baseline.ts';

const WORDS = ['invoice refund card', 'flight hotel ticket', 'rain storm wind'].map((words) => words.split(' '));
const FILLER = ['the', 'please', 'what', 'now'];
const [TRAIN, TEST] = [90, 30];

function texts(count: number, label: string): { texts: string[]; topics: number[] } {
  const random = Random.of(8).split(label);
  const topics = Array.from({ length: count }, () => random.integer(3));
  const word = (from: readonly string[] = []): string => from[random.integer(from.length)] ?? '';
  return {
    topics,
    texts: topics.map((topic) => `${word(FILLER)} ${word(WORDS[topic])} ${word(FILLER)} ${word(WORDS[topic])}`),
  };
}

const [train, test] = [texts(TRAIN, 'train'), texts(TEST, 'test')];
const features = textFeatures(train.texts, test.texts);

/** Embeddings in which the topic is a direction, with noise. */
function embeddings(topics: readonly number[], label: string): { values: Float32Array; columnCount: number } {
  const values = new Float32Array(topics.length * 5);
  Random.of(9).split(label).fillNormal(values, 0, 0.3);
  topics.forEach((topic, row) => (values[row * 5 + topic] = (values[row * 5 + topic] ?? 0) + 1));
  return { values, columnCount: 5 };
}
const dense = { train: embeddings(train.topics, 'train'), test: embeddings(test.topics, 'test') };
const random = Random.of(1);
const solver = { tolerance: 1e-6, iterations: 500 };

/** Class 3 is never seen. */
const classTask = {
  kind: 'classification',
  labelCount: 4,
  trainLabels: train.topics,
  testLabels: test.topics,
} as const;
const tagsOf = (topics: readonly number[]): number[] =>
  topics.flatMap((topic) => [Number(topic === 0), Number(topic !== 1), 0, 1]);
const tagTask = {
  kind: 'multi-label',
  labelCount: 4,
  trainLabels: tagsOf(train.topics),
  testLabels: tagsOf(test.topics),
} as const;
const numbersOf = (topics: readonly number[]): number[] => topics.flatMap((topic) => [100 + topic, -topic * topic]);
const numberTask = {
  kind: 'regression',
  width: 2,
  trainLabels: numbersOf(train.topics),
  testLabels: numbersOf(test.topics),
} as const;
const tasks: Readonly<Record<string, BaselineTask>> = { classTask, tagTask, numberTask };
const widths: Readonly<Record<string, number>> = { classTask: 1, tagTask: 4, numberTask: 2 };

const baselines: Readonly<Record<string, (task: BaselineTask, rows?: Uint32Array) => TaskOutputs>> = {
  majority: (task) => majorityBaseline(task),
  tfidf: (task, rows) =>
    tfidfBaseline(task, rows === undefined ? features : { ...features, train: selectRows(features.train, rows) }, {
      random,
    }),
  embedding: (task, rows) =>
    embeddingBaseline(
      task,
      rows === undefined ? dense : { ...dense, train: selectDenseRows(dense.train, rows) },
      solver,
    ),
};

const every = Object.keys(baselines).flatMap((name) => Object.keys(tasks).map((task) => [name, task] as const));

function run(name: string, task: BaselineTask, rows?: Uint32Array): TaskOutputs {
  const baseline = baselines[name];
  if (baseline === undefined) throw new Error(name);
  return baseline(task, rows);
}

function predictionsOf(outputs: TaskOutputs): readonly number[] {
  return outputs.kind === 'embedding' ? [] : Array.from(outputs.predictions);
}

describe.each(every)('%s on the %s', (name, taskName) => {
  const task = tasks[taskName] ?? classTask;
  const width = widths[taskName] ?? 1;

  it('is measured by evaluation, and beats the majority where texts tell', () => {
    const own = evaluateTask(run(name, task));
    expect(own.rows).toBe(TEST);
    const value = aggregateTasks({ own }).value ?? NaN;
    if (name === 'majority') return;
    const majority = aggregateTasks({ own: evaluateTask(run('majority', task)) }).value ?? NaN;
    expect(value).toBeGreaterThan(majority);
    expect(value).toBeGreaterThan(taskName === 'numberTask' ? 0.8 : 0.95);
  });

  it('gives the same predictions again', () => {
    expect(run(name, task)).toEqual(run(name, task));
  });

  it('learns nothing from a row without labels', () => {
    const known = Uint32Array.from({ length: TRAIN }, (_, row) => row).filter((row) => row % 3 !== 0);
    const missing = taskName === 'numberTask' ? NaN : -100;
    const holes = Array.from(task.trainLabels, (label, at) => (Math.floor(at / width) % 3 === 0 ? missing : label));
    const without = Array.from(task.trainLabels).filter((_, at) => Math.floor(at / width) % 3 !== 0);
    const [a, b] = [run(name, { ...task, trainLabels: holes }), run(name, { ...task, trainLabels: without }, known)];
    predictionsOf(a).forEach((value, at) => expect(value).toBeCloseTo(predictionsOf(b)[at] ?? NaN, 3));
  });

  it('says when there is no label to learn from', () => {
    const none = Array.from(task.trainLabels, () => NaN);
    expect(() => run(name, { ...task, trainLabels: none })).toThrow('no row has a label to learn from');
  });
});

describe('labels that were never seen', () => {
  it.each(Object.keys(baselines))('%s never predicts them, and gives them a probability of 0', (name) => {
    const outputs = run(name, classTask);
    expect(predictionsOf(outputs)).not.toContain(3);
    if (outputs.kind === 'classification' && outputs.probabilities !== undefined) {
      expect(Array.from(outputs.probabilities).filter((_, at) => at % 4 === 3)).toEqual(test.topics.map(() => 0));
    }
  });

  it.each(Object.keys(baselines))('%s gives a tag that no row or every row has to none or all', (name) => {
    const predictions = predictionsOf(run(name, tagTask));
    expect(predictions.filter((_, at) => at % 4 === 2)).toEqual(test.topics.map(() => 0));
    expect(predictions.filter((_, at) => at % 4 === 3)).toEqual(test.topics.map(() => 1));
  });

  it.each(Object.keys(baselines))('%s predicts the only class there is', (name) => {
    const outputs = run(name, { ...classTask, trainLabels: train.topics.map(() => 2) });
    expect(predictionsOf(outputs)).toEqual(test.topics.map(() => 2));
  });
});

it.each([0, -1, NaN])('a cost of %d is refused', (cost) => {
  expect(() => embeddingBaseline(classTask, dense, { cost })).toThrow('it must be positive');
  expect(() => tfidfBaseline(classTask, features, { random, cost })).toThrow('it must be positive');
});

describe('majorityBaseline', () => {
  it('has the shares of the training rows for probabilities', () => {
    const outputs = majorityBaseline({
      kind: 'classification',
      labelCount: 3,
      trainLabels: [1, 1, 0, -1],
      testLabels: [0, 2],
    });
    expect(outputs).toMatchObject({ predictions: Int32Array.of(1, 1) });
    const shares = outputs.kind === 'classification' ? Array.from(outputs.probabilities ?? []) : [];
    [1 / 3, 2 / 3, 0, 1 / 3, 2 / 3, 0].forEach((share, at) => expect(shares[at]).toBeCloseTo(share, 12));
  });
});

describe('textFeatures', () => {
  it('of both kinds of terms has the columns of words before those of characters', () => {
    const [words, characters, both] = (['words', 'characters', 'both'] as const).map((terms) =>
      textFeatures(train.texts, test.texts, { terms }),
    );
    expect(both?.test.columnCount).toBe((words?.test.columnCount ?? NaN) + (characters?.test.columnCount ?? NaN));
    expect(both?.test.values.length).toBe((words?.test.values.length ?? NaN) + (characters?.test.values.length ?? NaN));
  });
});

describe('similarityBaseline', () => {
  it('is 1 for the same text, 0 without a word in common, between otherwise', () => {
    const first = textFeatures(train.texts, ['rain storm', 'rain storm', 'refund card', '']).test;
    const second = textFeatures(train.texts, ['rain storm', 'wind rain', 'hotel', 'rain']).test;
    const outputs = similarityBaseline(first, second, [5, 3, 0, 0]);
    const [same = NaN, near = NaN, far, empty] = predictionsOf(outputs);
    expect(same).toBeCloseTo(1, 12);
    expect(near).toBeGreaterThan(0);
    expect(near).toBeLessThan(1);
    expect([far, empty]).toEqual([0, 0]);
    expect(evaluateTask(outputs).primary).toBe('spearman');
  });

  it('refuses pairs that do not pair up', () => {
    expect(() => similarityBaseline(features.train, features.test, [])).toThrow(
      'as many rows and columns on both sides',
    );
  });
});
