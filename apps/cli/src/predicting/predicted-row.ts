// A row of predictions as it is written: JSON for programs, cells for spreadsheets and terminals.
import type { CsvValue } from '@sentence-mtl/data';
import type { Tasks } from '@sentence-mtl/heads';
import type { TextPredictions } from '@sentence-mtl/model';
import type { RowTexts } from './row-texts.ts';

type Predictions = TextPredictions<Tasks>;
type Prediction = Predictions[string];

export interface PredictedRow {
  readonly texts: RowTexts;
  readonly predictions: Predictions;
  readonly embedding: Float32Array | undefined;
}

/** Of one label of many only the winner and those that were asked for: 150 scores a row help nobody. */
function jsonPrediction(prediction: Prediction): unknown {
  if (!('label' in prediction)) return prediction;
  const { scores: _, ...rest } = prediction;
  return rest;
}

/** `{"text", "predictions": {"<task>": {…}}, "embedding"?}`, with `text_a` and `text_b` for a pair. */
export function jsonRow({ texts, predictions, embedding }: PredictedRow): Readonly<Record<string, unknown>> {
  const [text, other] = texts;
  const entries = Object.entries(predictions).map(([task, each]) => [task, jsonPrediction(each)] as const);
  return {
    ...(other === undefined ? { text } : { text_a: text, text_b: other }),
    predictions: Object.fromEntries(entries),
    ...(embedding !== undefined && { embedding }),
  };
}

/** What predictions are written as cells for. */
export interface CellOptions {
  readonly tasks: Tasks;
  readonly pairs: boolean;
  /** Whether the best labels are listed too. */
  readonly top: boolean;
}

/** The names of the columns. */
export function columnsOf({ tasks, pairs, top }: CellOptions): readonly string[] {
  const ofTasks = Object.entries(tasks).flatMap(([name, task]) => {
    const best = top && 'labels' in task ? [`${name}_top`] : [];
    if (task.kind === 'regression' && task.size > 1) {
      return Array.from({ length: task.size }, (_, index) => `${name}_${index}`);
    }
    const hasConfidence = task.kind === 'classification' || task.kind === 'pair-classification';
    return [name, ...(hasConfidence ? [`${name}_confidence`] : []), ...best];
  });
  return [...(pairs ? ['text_a', 'text_b'] : ['text']), ...ofTasks];
}

const DIGITS = 4;
const rounded = (value: number): number => Number(value.toFixed(DIGITS));

function cellsOfPrediction(prediction: Prediction): readonly CsvValue[] {
  const top =
    'top' in prediction && prediction.top !== undefined
      ? [prediction.top.map(({ label, score }) => `${label}: ${rounded(score)}`).join('; ')]
      : [];
  if ('label' in prediction) return [prediction.label, rounded(prediction.confidence), ...top];
  if ('labels' in prediction) return [prediction.labels.join('; '), ...top];
  if ('values' in prediction) return prediction.values;
  return ['value' in prediction ? prediction.value : rounded(prediction.score)];
}

/** The cells of a row, below `columnsOf`. */
export function cellsOf({ texts, predictions }: PredictedRow): readonly CsvValue[] {
  return [...texts, ...Object.values(predictions).flatMap(cellsOfPrediction)];
}
