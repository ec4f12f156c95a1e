import type { EvaluatedClasses } from './evaluated-outputs.ts';
import type { OutputTensors, PredictionOptions } from './task-kind.ts';

export interface LabelScore<L extends string> {
  readonly label: L;
  /** From 0 to 1. */
  readonly score: number;
}

/** One label of several. */
export interface ClassPrediction<L extends string> {
  readonly label: L;
  /** The predicted label's score. */
  readonly confidence: number;
  /** The softmax of the logits: they add up to 1. */
  readonly scores: Readonly<Record<L, number>>;
  /** The best labels, best first: as many as `topK` asks for, and only where it asks. */
  readonly top?: readonly LabelScore<L>[];
}

/** Softmax of rows of logits, around the largest of each: (N, L). */
function probabilitiesOf(logits: ArrayLike<number>, labelCount: number): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += labelCount) {
    let largest = -Infinity;
    for (let i = start; i < start + labelCount; i++) largest = Math.max(largest, logits[i] ?? NaN);
    let total = 0;
    for (let i = start; i < start + labelCount; i++) {
      const share = Math.exp((logits[i] ?? NaN) - largest);
      probabilities[i] = share;
      total += share;
    }
    for (let i = start; i < start + labelCount; i++) probabilities[i] = (probabilities[i] ?? NaN) / total;
  }
  return probabilities;
}

/** The first of the largest of `count` numbers from `start` on, from 0. */
function largestAt(values: ArrayLike<number>, start: number, count: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) if ((values[start + i] ?? NaN) > (values[start + best] ?? NaN)) best = i;
  return best;
}

/** The k best labels, best first; of equal ones the first. */
export function bestLabels<L extends string>(
  labels: readonly L[],
  scores: ArrayLike<number>,
  topK: number,
): readonly LabelScore<L>[] {
  return labels
    .map((label, index) => ({ label, score: scores[index] ?? NaN }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, topK);
}

/** Scores by label. Names that would be dangerous as keys are no labels; see names.ts. */
export function scoresByLabel<L extends string>(labels: readonly L[], scores: ArrayLike<number>): Record<L, number> {
  const byLabel: Partial<Record<L, number>> = {};
  for (const [index, label] of labels.entries()) byLabel[label] = scores[index] ?? NaN;
  return byLabel as Record<L, number>;
}

/** A prediction for each row of logits (N, L). */
export function classPredictions<L extends string>(
  labels: readonly L[],
  [logits]: OutputTensors,
  { topK }: PredictionOptions,
): readonly ClassPrediction<L>[] {
  const data = logits?.data ?? [];
  const probabilities = probabilitiesOf(data, labels.length);
  return Array.from({ length: data.length / labels.length }, (_, row) => {
    const start = row * labels.length;
    const scores = probabilities.subarray(start, start + labels.length);
    const best = largestAt(data, start, labels.length);
    const label = labels[best] as L;
    return {
      label,
      confidence: scores[best] ?? NaN,
      scores: scoresByLabel(labels, scores),
      ...(topK !== undefined && { top: bestLabels(labels, scores, topK) }),
    };
  });
}

/** What metrics of tasks with one label a row take, from logits (N, L) and classes (N). */
export function evaluatedClasses(
  kind: EvaluatedClasses['kind'],
  labelCount: number,
  [logits]: OutputTensors,
  classes: ArrayLike<number>,
): EvaluatedClasses {
  const data = logits?.data ?? [];
  const predictions = Int32Array.from({ length: data.length / labelCount }, (_, row) =>
    largestAt(data, row * labelCount, labelCount),
  );
  return { kind, labelCount, predictions, probabilities: probabilitiesOf(data, labelCount), labels: classes };
}
