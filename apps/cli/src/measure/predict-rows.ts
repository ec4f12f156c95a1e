import type { PairRow, Row, TextRow } from '@sentence-mtl/data';
import { textCount, type PredictionOf, type Task } from '@sentence-mtl/heads';
import type { MultiTaskModel } from '@sentence-mtl/model';

/** What one task says of a row. */
export type Prediction = PredictionOf<Task>;
/** What all tasks that read a row say of it, by task. */
export type RowPredictions = Readonly<Record<string, Prediction>>;

export interface PredictingOptions {
  readonly signal: AbortSignal;
  /** Called with the number of rows done. */
  readonly onProgress?: (done: number) => void;
}

const isTextRow = (row: Row): row is TextRow => row.kind === 'text';
const isPairRow = (row: Row): row is PairRow => row.kind === 'pair';

function tasksReading({ tasks }: MultiTaskModel, texts: number): readonly string[] {
  return Object.entries(tasks).flatMap(([name, task]) =>
    task.kind !== 'embedding' && textCount(task) === texts ? [name] : [],
  );
}

/**
 * What a model says of each row, in the order of the rows: one pass of the encoder for all tasks. A row that no task
 * reads has no predictions.
 *
 * @throws the signal's reason, where it aborts
 */
export async function predictRows(
  model: MultiTaskModel,
  rows: readonly Row[],
  { signal, onProgress }: PredictingOptions,
): Promise<readonly RowPredictions[]> {
  const [texts, pairs] = [rows.filter(isTextRow), rows.filter(isPairRow)];
  const [ofTexts, ofPairs] = [tasksReading(model, 1), tasksReading(model, 2)];
  const options = (tasks: readonly string[], before: number): Parameters<typeof model.predictPairs>[1] => {
    return { tasks, signal, onProgress: ({ done }) => onProgress?.(before + done) };
  };
  const textPredictions =
    texts.length === 0 || ofTexts.length === 0
      ? []
      : await model.predict(
          texts.map(({ text }) => text),
          options(ofTexts, 0),
        );
  const pairPredictions =
    pairs.length === 0 || ofPairs.length === 0
      ? []
      : await model.predictPairs(
          pairs.map(({ textA, textB }) => [textA, textB] as const),
          options(ofPairs, texts.length),
        );
  const [nextText, nextPair] = [textPredictions.values(), pairPredictions.values()];
  return rows.map(({ kind }) => ((kind === 'text' ? nextText : nextPair).next().value ?? {}) as RowPredictions);
}
