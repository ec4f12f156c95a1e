// Values recorded by record/sklearn_baselines.py.
import { readFileSync } from 'node:fs';
import { Random } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { denseScores, trainDenseLinear } from './dense/dense-linear.ts';
import { sigmoidLoss, softmaxLoss } from './dense/linear-losses.ts';
import { sigmoid, softmaxRows } from './dense/probabilities.ts';
import { embeddingBaseline } from './embedding-baseline.ts';
import { linearScores } from './linear-model.ts';
import { svmRows, trainLinearSvm } from './solvers/linear-svm.ts';
import { trainSparseRidge } from './solvers/sparse-ridge.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { applyTfidf, fitTfidf, type TfidfModel, type TfidfOptions } from './text/tfidf.ts';

type Row = Readonly<Record<string, number>>;
type Rows = readonly (readonly number[])[];
type BySetting<T> = Readonly<Record<string, T>>;

interface Recorded {
  readonly tfidf: {
    readonly texts: readonly string[];
    readonly new: readonly string[];
    readonly rows: BySetting<{ readonly train: readonly Row[]; readonly new: readonly Row[] }>;
  };
  readonly text: {
    readonly texts: readonly string[];
    readonly labels: readonly number[];
    readonly numbers: readonly number[];
    readonly new: readonly string[];
    readonly svm: BySetting<Rows>;
    readonly ridge: BySetting<readonly number[]>;
  };
  readonly dense: {
    readonly features: Rows;
    readonly new: Rows;
    readonly labels: readonly number[];
    readonly tags: Rows;
    readonly numbers: Rows;
    readonly logistic: BySetting<Rows>;
    readonly multi_label: BySetting<Rows>;
    readonly ridge: BySetting<Rows>;
  };
}

const recorded = JSON.parse(readFileSync(`${import.meta.dirname}/../fixtures/sklearn.json`, 'utf8')) as Recorded;

function largestDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? NaN) - value)));
}

describe('TF-IDF', () => {
  const settings: BySetting<TfidfOptions> = {
    words: {},
    'words-plain': { longest: 1, sublinear: false, leastTexts: 2 },
    characters: { terms: 'characters' },
  };

  function expectRows(model: TfidfModel, matrix: SparseMatrix, rows: readonly Row[]): void {
    const names = [...model.columns.keys()];
    rows.forEach((row, i) => {
      const [start, end] = [matrix.rowStarts[i] ?? 0, matrix.rowStarts[i + 1] ?? 0];
      const terms = Array.from(matrix.columns.subarray(start, end), (column) => names[column] ?? '');
      expect(terms.toSorted()).toEqual(Object.keys(row).toSorted());
      const expected = terms.map((term) => row[term] ?? NaN);
      if (terms.length > 0) expect(largestDifference(matrix.values.subarray(start, end), expected)).toBeLessThan(1e-14);
    });
  }

  it.each(Object.entries(settings))('of %s has the terms and weights of scikit-learn', (name, options) => {
    const { texts, new: others, rows } = recorded.tfidf;
    const { model, features } = fitTfidf(texts, options);
    expectRows(model, features, rows[name]?.train ?? []);
    expectRows(model, applyTfidf(model, others), rows[name]?.new ?? []);
    expect(rows[name]?.train.flatMap((row) => Object.keys(row)).length).toBeGreaterThan(3);
  });
});

describe('linear models of words', () => {
  const { texts, labels, numbers, new: others, svm, ridge } = recorded.text;
  const { model, features } = fitTfidf(texts);
  const unseen = applyTfidf(model, others);

  it.each(Object.entries(svm))('the support vector machine of cost %s has its decision values', (cost, expected) => {
    const rows = svmRows(features, Random.of(1));
    for (const label of [0, 1, 2]) {
      const options = { cost: Number(cost), tolerance: 1e-10, rounds: 100_000 };
      const scores = linearScores(
        unseen,
        trainLinearSvm(rows, (row) => labels[row] === label, options),
      );
      expect(
        largestDifference(
          scores,
          expected.map((row) => row[label] ?? NaN),
        ),
      ).toBeLessThan(1e-7);
    }
  });

  it.each(Object.entries(ridge))('ridge regression of penalty %s has its predictions', (penalty, expected) => {
    const output = trainSparseRidge(features, numbers, Number(penalty), { tolerance: 1e-9, iterations: 1000 });
    expect(largestDifference(linearScores(unseen, output), expected)).toBeLessThan(1e-5);
  });
});

describe('linear models of embeddings', () => {
  const { features, new: others, labels, tags, numbers, logistic, multi_label: multiLabel, ridge } = recorded.dense;
  const train = { values: Float32Array.from(features.flat()), columnCount: 6 };
  const unseen = { values: Float32Array.from(others.flat()), columnCount: 6 };
  const solver = { tolerance: 1e-7, iterations: 1000 };

  it.each(Object.entries(logistic))('logistic regression of cost %s has its probabilities', (cost, expected) => {
    const model = trainDenseLinear(train, 3, softmaxLoss(labels, 3), 1 / Number(cost), solver);
    const probabilities = softmaxRows(denseScores(unseen, model), 3);
    expect(largestDifference(probabilities, expected.flat())).toBeLessThan(1e-5);
  });

  it.each(Object.entries(multiLabel))('one against the rest of cost %s has its probabilities', (cost, expected) => {
    const model = trainDenseLinear(train, 4, sigmoidLoss(tags.flat(), 4), 1 / Number(cost), solver);
    const probabilities = denseScores(unseen, model).map(sigmoid);
    expect(largestDifference(probabilities, expected.flat())).toBeLessThan(1e-5);
  });

  it.each(Object.entries(ridge))('ridge regression of penalty %s has its predictions', (penalty, expected) => {
    const task = {
      kind: 'regression',
      width: 2,
      trainLabels: numbers.flat(),
      testLabels: others.flatMap(() => [0, 0]),
    } as const;
    const outputs = embeddingBaseline(task, { train, test: unseen }, { penalty: Number(penalty), ...solver });
    // Numbers near 1000 with a deviation of 10: float32 products leave 1e-6 of the deviation.
    if (outputs.kind === 'regression')
      expect(largestDifference(outputs.predictions, expected.flat())).toBeLessThan(1e-4);
    expect(outputs.kind).toBe('regression');
  });
});
