import { textCount, type Tasks } from '@sentence-mtl/heads';
import type { MultiTaskModel } from '@sentence-mtl/model';
import { UsageError } from '../command-line/errors.ts';
import { namedTasks } from '../model/named-tasks.ts';
import type { PredictedRow } from './predicted-row.ts';
import type { RowTexts } from './row-texts.ts';

/** What is asked of a model, whatever its rows. */
export interface Asked {
  /** The tasks that are predicted, in the order of the model. */
  readonly tasks: Tasks;
  readonly pairs: boolean;
  readonly topK: number | undefined;
  readonly embeddings: boolean;
  readonly promptName: string | undefined;
}

interface AskedOptions {
  /** Names with commas between them. */
  readonly tasks: string | undefined;
  readonly top: number | undefined;
  readonly embeddings: boolean;
  readonly promptName: string | undefined;
}

/** The tasks of rows of so many texts. */
const tasksOf = (tasks: Tasks, texts: number): readonly string[] =>
  Object.entries(tasks).flatMap(([name, task]) =>
    task.kind !== 'embedding' && textCount(task) === texts ? [name] : [],
  );

/** The tasks that are named. @throws UsageError where one is not there, predicts nothing, or they read different rows */
function predictedTasks(tasks: Tasks, list: string): readonly string[] {
  const names = namedTasks(tasks, list.split(','), '--tasks');
  const known = Object.keys(tasks);
  const predicted = [...tasksOf(tasks, 1), ...tasksOf(tasks, 2)];
  for (const name of names) {
    if (!predicted.includes(name))
      throw new UsageError(`--tasks: task "${name}" has only embeddings; encode gives them`);
  }
  const ofTexts = names.filter((name) => tasksOf(tasks, 1).includes(name));
  if (ofTexts.length === 0 || ofTexts.length === names.length) return known.filter((name) => names.includes(name));
  const ofPairs = names.filter((name) => !ofTexts.includes(name));
  throw new UsageError(
    `--tasks: ${ofTexts.join(', ')} read one text, ${ofPairs.join(', ')} compare two; predict them one after the other`,
  );
}

/**
 * What a command line asks of a model: the tasks that are named, or all that read one text, or, where there are none, all
 * that compare two.
 *
 * @throws UsageError where nothing can be predicted, or embeddings of pairs are asked for
 */
export function askedOf(
  { tasks }: MultiTaskModel,
  { tasks: given, top: topK, embeddings, promptName }: AskedOptions,
): Asked {
  const single = tasksOf(tasks, 1);
  const all = single.length > 0 ? single : tasksOf(tasks, 2);
  const names = given === undefined ? all : predictedTasks(tasks, given);
  if (names.length === 0) throw new UsageError('the model has no task that predicts anything; encode gives embeddings');
  const pairs = !names.some((name) => single.includes(name));
  if (pairs && embeddings) throw new UsageError('--embeddings is for tasks of one text; encode gives those of pairs');
  const asked = Object.entries(tasks).filter(([name]) => names.includes(name));
  return { tasks: Object.fromEntries(asked), pairs, topK, embeddings, promptName };
}

/** A row of predictions for each row of texts. */
export async function predictRows(
  model: MultiTaskModel,
  rows: readonly RowTexts[],
  { tasks, pairs, topK, embeddings, promptName }: Asked,
  signal: AbortSignal,
  onDone: (rows: number) => void = () => undefined,
): Promise<readonly PredictedRow[]> {
  const onProgress = ({ done }: { readonly done: number }): void => onDone(done);
  const options = { tasks: Object.keys(tasks), topK, promptName, signal, onProgress };
  if (pairs) {
    const predicted = await model.predictPairs(
      rows.map(([textA, textB = '']) => [textA, textB] as const),
      options,
    );
    return rows.map((texts, row) => ({ texts, predictions: predicted[row] ?? {}, embedding: undefined }));
  }
  const texts = rows.map(([text]) => text);
  if (!embeddings) {
    const predicted = await model.predict(texts, options);
    return rows.map((each, row) => ({ texts: each, predictions: predicted[row] ?? {}, embedding: undefined }));
  }
  const predicted = await model.predict(texts, { ...options, embeddings });
  return predicted.map(({ embedding, ...predictions }, row) => ({ texts: rows[row] ?? [''], predictions, embedding }));
}
