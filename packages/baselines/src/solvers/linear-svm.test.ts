import { Random } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { linearScores, type LinearOutput } from '../linear-model.ts';
import type { SparseMatrix } from '../sparse-matrix.ts';
import { svmRows, trainLinearSvm } from './linear-svm.ts';

const COLUMNS = 12;

/** Rows with three values each, and noisy labels. */
function sample(rowCount: number): { features: SparseMatrix; labels: readonly boolean[] } {
  const random = Random.of(3).split('sample');
  const columns = Array.from({ length: rowCount }, (_, row) => [...random.split(row).choice(COLUMNS, 3)]);
  const values = Float64Array.from({ length: 3 * rowCount }, () => random.normal());
  const features = {
    rowCount,
    columnCount: COLUMNS,
    rowStarts: Uint32Array.from({ length: rowCount + 1 }, (_, row) => 3 * row),
    columns: Uint32Array.from(columns.flat()),
    values,
  };
  return {
    features,
    labels: columns.map((own, row) => (values[3 * row] ?? 0) + random.normal() > 0 === (own[0] ?? 0) < 6),
  };
}

const { features, labels } = sample(200);
const isPositive = (row: number): boolean => labels[row] ?? false;

function objective({ weights, bias }: LinearOutput, cost: number): number {
  const losses = linearScores(features, { weights, bias }).map(
    (score, row) => Math.max(0, 1 - (isPositive(row) ? score : -score)) ** 2,
  );
  const norm = weights.reduce((sum, weight) => sum + weight * weight, bias * bias);
  return norm / 2 + cost * losses.reduce((sum, loss) => sum + loss, 0);
}

describe('trainLinearSvm', () => {
  it.each([0.05, 1, 20])('no weights near those of cost %d have a lower objective', (cost) => {
    const best = trainLinearSvm(svmRows(features, Random.of(1)), isPositive, {
      cost,
      tolerance: 1e-8,
      rounds: 100_000,
    });
    const lowest = objective(best, cost);
    const random = Random.of(2);
    for (const size of [1e-1, 1e-3, 1e-5]) {
      for (let i = 0; i < 50; i++) {
        const weights = best.weights.map((weight) => weight + size * random.normal());
        expect(objective({ weights, bias: best.bias + size * random.normal() }, cost)).toBeGreaterThan(lowest);
      }
    }
  });

  it('gives the same bits for a seed, and the same machine for any', () => {
    const train = (seed: number): LinearOutput =>
      trainLinearSvm(svmRows(features, Random.of(seed)), isPositive, { tolerance: 1e-8 });
    expect(train(5)).toEqual(train(5));
    expect(train(6)).not.toEqual(train(5));
    train(6).weights.forEach((weight, column) => expect(weight).toBeCloseTo(train(5).weights[column] ?? NaN, 7));
  });

  it('stops after the rounds it is allowed', () => {
    const short = trainLinearSvm(svmRows(features, Random.of(1)), isPositive, { rounds: 1 });
    const long = trainLinearSvm(svmRows(features, Random.of(1)), isPositive);
    expect(objective(short, 1)).toBeGreaterThan(objective(long, 1));
  });

  it.each([0, -1, NaN, Infinity])('refuses a cost of %d', (cost) => {
    expect(() => trainLinearSvm(svmRows(features, Random.of(1)), isPositive, { cost })).toThrow('it must be positive');
  });
});
