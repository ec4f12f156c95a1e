import type { Random } from '@sentence-mtl/core';
import type { TaskOutputs } from '@sentence-mtl/evaluation';
import {
  byKind,
  columnOf,
  rowsToLearnFrom,
  type BaselineTask,
  type ClassTask,
  type NumberTask,
  type TagTask,
} from './baseline-task.ts';
import { linearScores } from './linear-model.ts';
import { svmRows, trainLinearSvm, type LinearSvmOptions, type SvmRows } from './solvers/linear-svm.ts';
import { trainSparseRidge } from './solvers/sparse-ridge.ts';
import { selectRows, type SparseMatrix } from './sparse-matrix.ts';
import type { TextFeatures } from './text-features.ts';

export interface TfidfBaselineOptions extends LinearSvmOptions {
  /** In which orders the support vector machine looks at rows. */
  readonly random: Random;
  /** The weight of the norm in the regression of numbers; 1 unless given. */
  readonly penalty?: number;
}

/** One machine a label that a training row has, each against all others; the highest score wins. */
function predictClasses(task: ClassTask, { train, test }: TextFeatures, options: TfidfBaselineOptions): TaskOutputs {
  const { kind, labelCount, trainLabels, testLabels } = task;
  const known = rowsToLearnFrom(trainLabels, (label) => label >= 0);
  const labels = Int32Array.from(known, (row) => trainLabels[row] ?? -1);
  const rows = svmRows(selectRows(train, known), options.random);
  const best = new Float64Array(test.rowCount).fill(-Infinity);
  const predictions = new Int32Array(test.rowCount);
  for (const label of new Set(labels.toSorted())) {
    const scores = linearScores(
      test,
      trainLinearSvm(rows, (row) => labels[row] === label, options),
    );
    scores.forEach((score, row) => {
      if (score <= (best[row] ?? 0)) return;
      best[row] = score;
      predictions[row] = label;
    });
  }
  return { kind, labelCount, labels: testLabels, predictions };
}

/** Rows of the matrix made ready for machines; those of all rows are made once. */
function rowsFor(train: SparseMatrix, random: Random): (known: Uint32Array) => SvmRows {
  let all: SvmRows | undefined;
  return (known) => {
    if (known.length < train.rowCount) return svmRows(selectRows(train, known), random);
    all ??= svmRows(train, random);
    return all;
  };
}

/** One machine a tag; a tag that all or none of the rows have needs none. */
function predictTags(task: TagTask, { train, test }: TextFeatures, options: TfidfBaselineOptions): TaskOutputs {
  const { kind, labelCount, trainLabels, testLabels } = task;
  const predictions = new Uint8Array(test.rowCount * labelCount);
  const ready = rowsFor(train, options.random);
  for (let tag = 0; tag < labelCount; tag++) {
    const column = columnOf(trainLabels, labelCount, tag);
    const known = rowsToLearnFrom(column, (label) => label >= 0);
    const isTrue = (row: number): boolean => column[known[row] ?? 0] === 1;
    const constant = known.every((_, row) => isTrue(row) === isTrue(0));
    const output = constant
      ? { weights: new Float64Array(train.columnCount), bias: isTrue(0) ? 1 : -1 }
      : trainLinearSvm(ready(known), isTrue, options);
    linearScores(test, output).forEach((score, row) => (predictions[row * labelCount + tag] = Number(score > 0)));
  }
  return { kind, labelCount, labels: testLabels, predictions };
}

function predictNumbers(task: NumberTask, { train, test }: TextFeatures, penalty: number): TaskOutputs {
  const { kind, width = 1, trainLabels, testLabels } = task;
  const predictions = new Float64Array(test.rowCount * width);
  for (let column = 0; column < width; column++) {
    const values = columnOf(trainLabels, width, column);
    const known = rowsToLearnFrom(values, (label) => !Number.isNaN(label));
    const targets = Float64Array.from(known, (row) => values[row] ?? NaN);
    const output = trainSparseRidge(selectRows(train, known), targets, penalty);
    linearScores(test, output).forEach((score, row) => (predictions[row * width + column] = score));
  }
  return { kind, width, labels: testLabels, predictions };
}

/**
 * What a linear model of words can say: a linear support vector machine for classes and for each tag, ridge regression
 * for numbers. It gives no probabilities.
 * @throws ArgumentError when a task, a tag or a number has no label to learn from, or options are out of range
 */
export function tfidfBaseline(task: BaselineTask, features: TextFeatures, options: TfidfBaselineOptions): TaskOutputs {
  return byKind(task, {
    classes: (own) => predictClasses(own, features, options),
    tags: (own) => predictTags(own, features, options),
    numbers: (own) => predictNumbers(own, features, options.penalty ?? 1),
  });
}
