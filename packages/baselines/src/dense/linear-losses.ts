// What a linear model's scores cost, and their residuals: the derivative of the loss by the score.

import { sigmoid, softmaxInPlace } from './probabilities.ts';

/** Takes the scores of a row for what it leaves in their place, the residuals, and gives the loss. */
export type RowLoss = (scores: Float32Array, start: number, row: number) => number;

/** Minus the log of the softmax of the true class. */
export function softmaxLoss(labels: ArrayLike<number>, labelCount: number): RowLoss {
  return (scores, start, row) => {
    const truth = start + (labels[row] ?? NaN);
    const own = scores[truth] ?? NaN;
    const normalizer = softmaxInPlace(scores, start, labelCount);
    scores[truth] = (scores[truth] ?? NaN) - 1;
    return normalizer - own;
  };
}

/** The binary cross entropy of every known tag, `ln(1 + eˢ) − y s`. A missing one is a negative number or NaN. */
export function sigmoidLoss(labels: ArrayLike<number>, labelCount: number): RowLoss {
  return (scores, start, row) => {
    let sum = 0;
    for (let tag = 0; tag < labelCount; tag++) {
      const score = scores[start + tag] ?? NaN;
      const label = labels[row * labelCount + tag] ?? NaN;
      const known = label >= 0;
      if (known) sum += Math.max(score, 0) - label * score + Math.log1p(Math.exp(-Math.abs(score)));
      scores[start + tag] = known ? sigmoid(score) - label : 0;
    }
    return sum;
  };
}

/** Half the square of the error of every known number. A missing one is NaN. */
export function squaredLoss(labels: ArrayLike<number>, width: number): RowLoss {
  return (scores, start, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) {
      const label = labels[row * width + i] ?? NaN;
      const error = Number.isNaN(label) ? 0 : (scores[start + i] ?? NaN) - label;
      sum += (error * error) / 2;
      scores[start + i] = error;
    }
    return sum;
  };
}
