// Honest company for a model's metrics: what simple methods reach on the same rows, learnt from the same training rows.
import {
  embeddingBaseline,
  majorityBaseline,
  similarityBaseline,
  textFeatures,
  tfidfBaseline,
  type BaselineTask,
  type DenseMatrix,
  type EmbeddingFeatures,
  type TextFeatures,
} from '@sentence-mtl/baselines';
import { Random } from '@sentence-mtl/core';
import type { TaskOutputs } from '@sentence-mtl/evaluation';
import type { FrozenEmbeddings } from './frozen-embeddings.ts';
import type { TaskRows } from './task-rows.ts';

/** In the order of the table. */
export const BASELINES = ['majority', 'tfidf', 'frozenEmbeddings'] as const;
export type BaselineName = (typeof BASELINES)[number];

export interface BaselineRows {
  readonly train: TaskRows;
  readonly test: TaskRows;
}

export interface BaselineOptions {
  /** Of the encoder before any training. */
  readonly frozen: FrozenEmbeddings;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** More rows than these are sampled: beyond them the baselines gain little and take long. */
export const MOST_ROWS = 20_000;

/** What each baseline says of the test rows of a task. */
export type BaselineOutputs = Readonly<Partial<Record<BaselineName, TaskOutputs>>>;

/** The labels of both sides; undefined for a task without predictions. */
function baselineTask({ train, test }: BaselineRows): BaselineTask | undefined {
  const { task } = train;
  const labels = { trainLabels: train.labels, testLabels: test.labels };
  switch (task.kind) {
    case 'classification':
    case 'pair-classification':
    case 'multi-label':
      return { kind: task.kind, labelCount: task.labels.length, ...labels };
    case 'regression':
      return { kind: task.kind, width: task.size, ...labels };
    case 'pair-similarity':
      return { kind: task.kind, ...labels };
    case 'embedding':
      return undefined;
  }
}

const textAt = ({ examples }: TaskRows, column: number): readonly string[] =>
  examples.map(({ texts }) => texts[column] ?? '');

/** Texts of a pair are one text to a method of words. */
const joined = ({ examples }: TaskRows): readonly string[] => examples.map(({ texts }) => texts.join('\n'));

/** Row by row the cosine of two embeddings of length 1. */
function cosines(a: DenseMatrix, b: DenseMatrix): Float64Array {
  const rows = a.values.length / a.columnCount;
  return Float64Array.from({ length: rows }, (_, row) => {
    let product = 0;
    for (let i = row * a.columnCount; i < (row + 1) * a.columnCount; i++)
      product += (a.values[i] ?? 0) * (b.values[i] ?? 0);
    return product;
  });
}

/** u, v and |u − v|, what the heads of pairs read. */
function pairFeatures(u: DenseMatrix, v: DenseMatrix): DenseMatrix {
  const { columnCount: width } = u;
  const values = new Float32Array(3 * u.values.length);
  for (let row = 0; row < u.values.length / width; row++) {
    const at = row * width;
    values.set(u.values.subarray(at, at + width), 3 * at);
    values.set(v.values.subarray(at, at + width), 3 * at + width);
    for (let i = 0; i < width; i++)
      values[3 * at + 2 * width + i] = Math.abs((u.values[at + i] ?? 0) - (v.values[at + i] ?? 0));
  }
  return { values, columnCount: 3 * width };
}

async function embeddingFeatures({ train, test }: BaselineRows, frozen: FrozenEmbeddings): Promise<EmbeddingFeatures> {
  const of = async (rows: TaskRows): Promise<DenseMatrix> => {
    const first = await frozen.of(textAt(rows, 0));
    if (rows.task.kind !== 'pair-classification') return first;
    return pairFeatures(first, await frozen.of(textAt(rows, 1)));
  };
  return { train: await of(train), test: await of(test) };
}

/** Similarity has nothing to learn: how alike the words are, and how alike the embeddings. */
async function similarityOutputs({ train, test }: BaselineRows, frozen: FrozenEmbeddings): Promise<BaselineOutputs> {
  const words = (column: number): TextFeatures['test'] =>
    textFeatures([...textAt(train, 0), ...textAt(train, 1)], textAt(test, column)).test;
  const [a, b] = [await frozen.of(textAt(test, 0)), await frozen.of(textAt(test, 1))];
  const predictions = cosines(a, b);
  return {
    tfidf: similarityBaseline(words(0), words(1), test.labels),
    frozenEmbeddings: { kind: 'pair-similarity', predictions, labels: test.labels },
  };
}

/**
 * The baselines of a task.
 *
 * @throws the signal's reason, where it aborts
 */
export async function runBaselines(
  rows: BaselineRows,
  { frozen, seed, signal }: BaselineOptions,
): Promise<BaselineOutputs> {
  const task = baselineTask(rows);
  if (task === undefined) return {};
  const majority = majorityBaseline(task);
  if (task.kind === 'pair-similarity') return { majority, ...(await similarityOutputs(rows, frozen)) };
  const features = textFeatures(joined(rows.train), joined(rows.test));
  const tfidf = tfidfBaseline(task, features, { random: Random.of(seed).split('baselines') });
  signal.throwIfAborted();
  return { majority, tfidf, frozenEmbeddings: embeddingBaseline(task, await embeddingFeatures(rows, frozen)) };
}
