import { argMaxRows, type TaskOutputs } from '@sentence-mtl/evaluation';
import {
  byKind,
  columnOf,
  rowsToLearnFrom,
  type BaselineTask,
  type ClassTask,
  type NumberTask,
  type TagTask,
} from './baseline-task.ts';
import { checkCost } from './solvers/check-cost.ts';
import { denseScores, trainDenseLinear } from './dense/dense-linear.ts';
import { denseRowCount, selectDenseRows, type DenseMatrix } from './dense/dense-matrix.ts';
import { sigmoidLoss, softmaxLoss, squaredLoss, type RowLoss } from './dense/linear-losses.ts';
import { sigmoid, softmaxRows } from './dense/probabilities.ts';
import type { MinimizeOptions } from './solvers/minimize.ts';

/** Embeddings of the rows to learn from and of those to predict. */
export interface EmbeddingFeatures {
  readonly train: DenseMatrix;
  readonly test: DenseMatrix;
}

export interface EmbeddingBaselineOptions extends MinimizeOptions {
  /**
   * The weight C of the losses of classes and tags against that of the norm. 10 unless given: embeddings of length 1 need
   * larger weights than a cost of 1 allows (`bench baselines`).
   */
  readonly cost?: number;
  /** The weight of the norm in the regression of numbers; 1 unless given. */
  readonly penalty?: number;
}

/** Trains on rows and scores others. */
type Learn = (rows: DenseMatrix, outputCount: number, loss: RowLoss) => Float32Array;

/** The matrix (rowCount, width) that has columns (N, K) at their places and `rest` elsewhere. */
function withColumns(
  columns: Float64Array,
  places: readonly number[],
  rest: Float64Array,
  rowCount: number,
): Float64Array {
  const matrix = new Float64Array(rowCount * rest.length);
  for (let row = 0; row < rowCount; row++) {
    matrix.set(rest, row * rest.length);
    places.forEach((place, i) => (matrix[row * rest.length + place] = columns[row * places.length + i] ?? NaN));
  }
  return matrix;
}

/** One softmax over the classes that a training row has; the others have a probability of 0. */
function predictClasses(task: ClassTask, { train, test }: EmbeddingFeatures, learn: Learn): TaskOutputs {
  const { kind, labelCount, trainLabels, testLabels } = task;
  const known = rowsToLearnFrom(trainLabels, (label) => label >= 0);
  const labels = Int32Array.from(known, (row) => trainLabels[row] ?? -1);
  const present = [...new Set(labels.toSorted())];
  const places = new Map(present.map((label, place) => [label, place]));
  const loss = softmaxLoss(
    labels.map((label) => places.get(label) ?? -1),
    present.length,
  );
  const shares = softmaxRows(learn(selectDenseRows(train, known), present.length, loss), present.length);
  const probabilities = withColumns(shares, present, new Float64Array(labelCount), denseRowCount(test));
  return { kind, labelCount, labels: testLabels, predictions: argMaxRows(probabilities, labelCount), probabilities };
}

/** A sigmoid a tag; a tag that all or none of the rows have needs none. */
function predictTags(task: TagTask, { train, test }: EmbeddingFeatures, learn: Learn): TaskOutputs {
  const { kind, labelCount, trainLabels, testLabels } = task;
  const columns = Array.from({ length: labelCount }, (_, tag) => columnOf(trainLabels, labelCount, tag));
  const shares = Float64Array.from(columns, (column) => {
    const known = rowsToLearnFrom(column, (label) => label >= 0);
    return known.reduce((sum, row) => sum + (column[row] ?? 0), 0) / known.length;
  });
  const learned = Array.from(shares.keys()).filter((tag) => shares[tag] !== 0 && shares[tag] !== 1);
  const labels = Float64Array.from({ length: denseRowCount(train) * learned.length }, (_, at) => {
    return columns[learned[at % learned.length] ?? 0]?.[Math.floor(at / learned.length)] ?? NaN;
  });
  const scores = learned.length === 0 ? [] : learn(train, learned.length, sigmoidLoss(labels, learned.length));
  const probabilities = withColumns(Float64Array.from(scores, sigmoid), learned, shares, denseRowCount(test));
  const predictions = probabilities.map((probability) => Number(probability >= 0.5));
  return { kind, labelCount, labels: testLabels, predictions, probabilities };
}

/** Least squares of numbers that are first brought to a mean of 0 and a deviation of 1, which changes nothing but roundings. */
function predictNumbers(task: NumberTask, { train }: EmbeddingFeatures, learn: Learn): TaskOutputs {
  const { kind, width = 1, trainLabels, testLabels } = task;
  const scales = Array.from({ length: width }, (_, column) => {
    const values = columnOf(trainLabels, width, column);
    const known = rowsToLearnFrom(values, (label) => !Number.isNaN(label));
    const mean = known.reduce((sum, row) => sum + (values[row] ?? 0), 0) / known.length;
    const variance = known.reduce((sum, row) => sum + ((values[row] ?? 0) - mean) ** 2, 0) / known.length;
    return { mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
  });
  const scaled = Float64Array.from({ length: trainLabels.length }, (_, at) => {
    const { mean, deviation } = scales[at % width] ?? { mean: NaN, deviation: NaN };
    return ((trainLabels[at] ?? NaN) - mean) / deviation;
  });
  const predictions = Float64Array.from(learn(train, width, squaredLoss(scaled, width)), (score, at) => {
    const { mean, deviation } = scales[at % width] ?? { mean: NaN, deviation: NaN };
    return score * deviation + mean;
  });
  return { kind, width, labels: testLabels, predictions };
}

/**
 * What a linear model of frozen embeddings can say: logistic regression for classes (one softmax) and for each tag, ridge
 * regression for numbers.
 * @throws ArgumentError when a task, a tag or a number has no label to learn from, features are not finite, or options
 *   are out of range
 */
export function embeddingBaseline(
  task: BaselineTask,
  features: EmbeddingFeatures,
  options: EmbeddingBaselineOptions = {},
): TaskOutputs {
  const { cost = 10, penalty = 1, ...solver } = options;
  checkCost(cost);
  const learnWith =
    (norm: number): Learn =>
    (rows, outputCount, loss) =>
      denseScores(features.test, trainDenseLinear(rows, outputCount, loss, norm, solver));
  return byKind(task, {
    classes: (own) => predictClasses(own, features, learnWith(1 / cost)),
    tags: (own) => predictTags(own, features, learnWith(1 / cost)),
    numbers: (own) => predictNumbers(own, features, learnWith(penalty)),
  });
}
