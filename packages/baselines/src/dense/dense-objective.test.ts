import { Random } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { denseScores, trainDenseLinear } from './dense-linear.ts';
import { denseObjective } from './dense-objective.ts';
import { sigmoidLoss, softmaxLoss, squaredLoss, type RowLoss } from './linear-losses.ts';

// More rows than a block, and sizes that are no multiple of a vector.
const [ROWS, COLUMNS, OUTPUTS] = [131, 7, 5];
const random = Random.of(4);
const values = new Float32Array(ROWS * COLUMNS);
random.split('values').fillNormal(values);
const features = { values, columnCount: COLUMNS };
const classes = Array.from({ length: ROWS }, () => random.integer(OUTPUTS));
const tags = Array.from({ length: ROWS * OUTPUTS }, () => random.integer(3) - 1);
const numbers = Array.from({ length: ROWS * OUTPUTS }, (_, i) => (i % 9 === 0 ? NaN : random.normal()));
const weights = Float64Array.from({ length: (COLUMNS + 1) * OUTPUTS }, () => Math.fround(random.normal()));

/** The score of a row and an output in float64. */
function score(row: number, output: number, of: Float64Array): number {
  let sum = of[COLUMNS * OUTPUTS + output] ?? NaN;
  for (let column = 0; column < COLUMNS; column++) {
    sum += (values[row * COLUMNS + column] ?? NaN) * (of[column * OUTPUTS + output] ?? NaN);
  }
  return sum;
}

/** The losses by their definitions. */
const definitions: Readonly<Record<string, (row: number, scores: readonly number[]) => number>> = {
  softmax: (row, scores) =>
    Math.log(scores.reduce((sum, s) => sum + Math.exp(s), 0)) - (scores[classes[row] ?? 0] ?? NaN),
  sigmoid: (row, scores) =>
    scores.reduce((sum, s, tag) => {
      const label = tags[row * OUTPUTS + tag] ?? -1;
      return label < 0 ? sum : sum + Math.log(1 + Math.exp(s)) - label * s;
    }, 0),
  squared: (row, scores) =>
    scores.reduce((sum, s, i) => {
      const label = numbers[row * OUTPUTS + i] ?? NaN;
      return Number.isNaN(label) ? sum : sum + (s - label) ** 2 / 2;
    }, 0),
};

const losses: Readonly<Record<string, RowLoss>> = {
  softmax: softmaxLoss(classes, OUTPUTS),
  sigmoid: sigmoidLoss(tags, OUTPUTS),
  squared: squaredLoss(numbers, OUTPUTS),
};

function expectedValue(name: string, at: Float64Array, penalty: number): number {
  let sum = 0;
  for (let row = 0; row < ROWS; row++) {
    sum +=
      definitions[name]?.(
        row,
        Array.from({ length: OUTPUTS }, (_, output) => score(row, output, at)),
      ) ?? NaN;
  }
  const squares = at.subarray(0, COLUMNS * OUTPUTS).reduce((total, weight) => total + weight * weight, 0);
  return sum / ROWS + (penalty / 2) * squares;
}

describe.each(Object.entries(losses))('the objective of %s losses', (name, loss) => {
  it('has the value of the definition, and its finite differences for a gradient', () => {
    const gradient = new Float64Array(weights.length);
    const value = denseObjective(features, OUTPUTS, loss, 0.3)(weights, gradient);
    expect(Math.abs(value - expectedValue(name, weights, 0.3))).toBeLessThan(1e-6);
    gradient.forEach((slope, i) => {
      const moved = (by: number): Float64Array => weights.map((weight, j) => (i === j ? weight + by : weight));
      const difference = expectedValue(name, moved(1e-4), 0.3) - expectedValue(name, moved(-1e-4), 0.3);
      expect(Math.abs(difference / 2e-4 - slope)).toBeLessThan(1e-6);
    });
  });
});

describe('trainDenseLinear', () => {
  it('scores rows as the sums say, whatever block they are in', () => {
    const scores = denseScores(features, { outputCount: OUTPUTS, weights, converged: true, iterations: 0 });
    scores.forEach((value, at) => {
      expect(Math.abs(value - score(Math.floor(at / OUTPUTS), at % OUTPUTS, weights))).toBeLessThan(1e-5);
    });
  });

  it('learns a line from points on it', () => {
    const line = { values: Float32Array.of(0, 1, 2, 3), columnCount: 1 };
    const model = trainDenseLinear(line, 1, squaredLoss([1, 3, 5, 7], 1), 0, { tolerance: 1e-7 });
    expect(model.converged).toBe(true);
    expect(model.weights[0]).toBeCloseTo(2, 5);
    expect(model.weights[1]).toBeCloseTo(1, 5);
  });

  const one = { values: Float32Array.of(1), columnCount: 1 };
  it.each([
    [
      'no rows',
      () => trainDenseLinear({ values: new Float32Array(), columnCount: 3 }, 1, squaredLoss([], 1), 1),
      'there is no row to learn from',
    ],
    [
      'half a row',
      () => trainDenseLinear({ values: new Float32Array(4), columnCount: 3 }, 1, squaredLoss([1], 1), 1),
      '4 values are no whole rows of 3',
    ],
    [
      'NaN',
      () => trainDenseLinear({ values: Float32Array.of(1, NaN), columnCount: 1 }, 1, squaredLoss([1, 1], 1), 1),
      'row 1 holds NaN; features must be finite',
    ],
    [
      'a negative penalty',
      () => trainDenseLinear(one, 1, squaredLoss([1], 1), -1),
      'a penalty of -1: it must be from 0',
    ],
    [
      'other columns',
      () =>
        denseScores({ values: new Float32Array(2), columnCount: 2 }, trainDenseLinear(one, 1, squaredLoss([1], 1), 1)),
      'rows of 2 features, and the model has 1',
    ],
  ])('%s: an error that says so', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
