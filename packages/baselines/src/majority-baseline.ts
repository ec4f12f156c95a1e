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

/** A row, over and over. */
function repeated(row: Float64Array, times: number): Float64Array {
  const rows = new Float64Array(row.length * times);
  for (let i = 0; i < times; i++) rows.set(row, i * row.length);
  return rows;
}

/** The share of the rows to learn from that have each label. */
function classShares({ trainLabels, labelCount }: ClassTask): Float64Array {
  const rows = rowsToLearnFrom(trainLabels, (label) => label >= 0);
  const shares = new Float64Array(labelCount);
  for (const row of rows) shares[trainLabels[row] ?? 0] = (shares[trainLabels[row] ?? 0] ?? 0) + 1 / rows.length;
  return shares;
}

/** The mean of what is known of each column. */
function columnMeans(labels: ArrayLike<number>, width: number, isKnown: (label: number) => boolean): Float64Array {
  return Float64Array.from({ length: width }, (_, column) => {
    const values = columnOf(labels, width, column);
    const rows = rowsToLearnFrom(values, isKnown);
    return rows.reduce((sum, row) => sum + (values[row] ?? 0), 0) / rows.length;
  });
}

function majorityClass(task: ClassTask): TaskOutputs {
  const { kind, labelCount, testLabels } = task;
  const shares = classShares(task);
  const most = shares.indexOf(Math.max(...shares));
  return {
    kind,
    labelCount,
    labels: testLabels,
    predictions: new Int32Array(testLabels.length).fill(most),
    probabilities: repeated(shares, testLabels.length),
  };
}

function majorityTags({ kind, labelCount, trainLabels, testLabels }: TagTask): TaskOutputs {
  const shares = columnMeans(trainLabels, labelCount, (label) => label >= 0);
  const rows = testLabels.length / labelCount;
  return {
    kind,
    labelCount,
    labels: testLabels,
    predictions: repeated(
      shares.map((share) => Number(share > 0.5)),
      rows,
    ),
    probabilities: repeated(shares, rows),
  };
}

function meanNumbers({ kind, width = 1, trainLabels, testLabels }: NumberTask): TaskOutputs {
  const means = columnMeans(trainLabels, width, (label) => !Number.isNaN(label));
  return { kind, width, labels: testLabels, predictions: repeated(means, testLabels.length / width) };
}

/**
 * What can be said without looking at a text: the most frequent class, the tags that most rows have, the mean of a
 * number; their shares in the rows to learn from are the probabilities.
 * @throws ArgumentError when a task, a tag or a number has no label to learn from
 */
export function majorityBaseline(task: BaselineTask): TaskOutputs {
  return byKind(task, { classes: majorityClass, tags: majorityTags, numbers: meanNumbers });
}
