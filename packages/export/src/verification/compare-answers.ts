import type { Task, Tasks } from '@sentence-mtl/heads';
import { EMBEDDING_OUTPUT, logitsOutput } from '../graph-names.ts';
import type { GraphAnswers, Matrix } from './graph-answers.ts';

/** How far one task's output is from the model's. */
export interface TaskDifference {
  /** The largest difference of two numbers, of the largest number or of 1. */
  readonly largest: number;
  /** The share of texts of which the same is predicted, from 0 to 1: the label, all tags, or a tenth of a deviation. */
  readonly agreement: number;
}

/** How far a graph is from the model that it was made of. */
export interface GraphDifference {
  /** The largest difference of two numbers of embeddings, of the largest number or of 1. */
  readonly largest: number;
  readonly meanCosine: number;
  readonly leastCosine: number;
  readonly tasks: Readonly<Record<string, TaskDifference>>;
}

const rowOf = ({ columns, data }: Matrix, row: number): Float32Array =>
  data.subarray(row * columns, (row + 1) * columns);

/** @returns infinity where something is no number */
function largestGap({ data: actual }: Matrix, { data: expected }: Matrix): number {
  let [gap, largest] = [0, 1];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    gap = Math.max(gap, difference);
    largest = Math.max(largest, Math.abs(expected[i] ?? 0));
  }
  return gap / largest;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  if (squareA === 0 && squareB === 0) return 1;
  return product / Math.sqrt(squareA * squareB);
}

function deviation({ data }: Matrix): number {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  return Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length);
}

/** The first of the largest numbers; -1 where one is no number. Rows may be too long to be arguments of `Math.max`. */
const argMax = (row: Float32Array): number =>
  row.indexOf(row.reduce((largest, value) => Math.max(largest, value), -Infinity));

/** Whether two rows of a task's output predict the same. */
function agreeing(task: Task, reference: Matrix): (actual: Float32Array, expected: Float32Array) => boolean {
  if (task.kind === 'classification') return (actual, expected) => argMax(actual) === argMax(expected);
  if (task.kind === 'multi-label') {
    const limits = task.labels.map((label) => {
      const threshold = task.thresholds[label] ?? task.threshold;
      return Math.log(threshold / (1 - threshold));
    });
    return (actual, expected) =>
      limits.every((limit, tag) => (actual[tag] ?? 0) >= limit === (expected[tag] ?? 0) >= limit);
  }
  const allowed = deviation(reference) / 10;
  return (actual, expected) => actual.every((value, i) => Math.abs(value - (expected[i] ?? Infinity)) <= allowed);
}

function compareTask(task: Task, actual: Matrix, expected: Matrix, rows: number): TaskDifference {
  const agrees = agreeing(task, expected);
  let same = 0;
  for (let row = 0; row < rows; row++) if (agrees(rowOf(actual, row), rowOf(expected, row))) same++;
  return { largest: largestGap(actual, expected), agreement: rows === 0 ? 1 : same / rows };
}

/**
 * How far answers are from expected ones, of the same texts.
 *
 * @param tasks those that are outputs of the graph
 */
export function compareAnswers(actual: GraphAnswers, expected: GraphAnswers, tasks: Tasks): GraphDifference {
  const pair = (name: string): readonly [Matrix, Matrix] => [actual.output(name), expected.output(name)];
  const [embeddings, reference] = pair(EMBEDDING_OUTPUT);
  const cosines = Array.from({ length: expected.rows }, (_, row) =>
    cosine(rowOf(embeddings, row), rowOf(reference, row)),
  );
  const ofTasks = Object.entries(tasks).map(
    ([name, task]) => [name, compareTask(task, ...pair(logitsOutput(name)), expected.rows)] as const,
  );
  return {
    largest: largestGap(embeddings, reference),
    meanCosine: cosines.reduce((sum, each) => sum + each, 0) / Math.max(1, cosines.length),
    leastCosine: cosines.reduce((least, each) => Math.min(least, each), 1),
    tasks: Object.fromEntries(ofTasks),
  };
}
