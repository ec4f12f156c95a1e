// The rows that a model gets most wrong, and the labels that it takes for each other: where to look first.
import type { Example } from '@sentence-mtl/trainer';
import type { EvaluatedTask } from './evaluate-rows.ts';
import type { Prediction } from './predict-rows.ts';

/** A row that is predicted wrong. */
export interface WrongRow {
  /** `file:line` */
  readonly place: string;
  readonly texts: readonly string[];
  readonly label: unknown;
  readonly predicted: unknown;
  /** How wrong: the confidence in a wrong label, the number of wrong tags, the distance of a number. */
  readonly error: number;
}

/** A label taken for another. */
export interface Confusion {
  readonly label: string;
  readonly predicted: string;
  readonly rows: number;
}

/** What a row is told to be, and how wrong that is; 0 where it is right. */
function judged(label: unknown, prediction: Prediction): Pick<WrongRow, 'predicted' | 'error'> {
  if ('label' in prediction) {
    const { label: predicted, confidence } = prediction;
    return { predicted, error: predicted === String(label) ? 0 : confidence };
  }
  if ('labels' in prediction) {
    const [given, predicted] = [
      new Set(Array.isArray(label) ? label.map(String) : []),
      new Set<string>(prediction.labels),
    ];
    const wrong =
      [...given].filter((tag) => !predicted.has(tag)).length + [...predicted].filter((tag) => !given.has(tag)).length;
    return { predicted: prediction.labels, error: wrong };
  }
  const predicted = 'score' in prediction ? prediction.score : 'value' in prediction ? prediction.value : NaN;
  return { predicted, error: Math.abs(predicted - Number(label)) };
}

/** The `most` rows that are most wrong, the worst first. */
export function wrongRows({ own, predictions }: EvaluatedTask, most: number): readonly WrongRow[] {
  const rows = own.examples.map(({ place, texts, labels }: Example, index): WrongRow | undefined => {
    const [label, prediction] = [labels[own.name], predictions[index]];
    return prediction === undefined ? undefined : { place, texts, label, ...judged(label, prediction) };
  });
  return rows
    .flatMap((row) => (row === undefined || !(row.error > 0) ? [] : [row]))
    .toSorted((a, b) => b.error - a.error)
    .slice(0, most);
}

/** Which labels are taken for which others, the most frequent first; none for tasks of tags and numbers. */
export function confusions({ own, predictions }: EvaluatedTask): readonly Confusion[] {
  const { task, labels } = own;
  if (task.kind !== 'classification' && task.kind !== 'pair-classification') return [];
  const counts = new Map<string, Confusion>();
  predictions.forEach((prediction, row) => {
    const label = task.labels[labels[row] ?? -1];
    const predicted = 'label' in prediction ? prediction.label : undefined;
    if (label === undefined || predicted === undefined || label === predicted) return;
    const key = JSON.stringify([label, predicted]);
    counts.set(key, { label, predicted, rows: (counts.get(key)?.rows ?? 0) + 1 });
  });
  return [...counts.values()].toSorted((a, b) => b.rows - a.rows);
}
