import { collectedLabels, LabelCounter, readRows, splitRows, type Row } from '@sentence-mtl/data';
import { classification, type ClassificationTask } from '@sentence-mtl/heads';
import { exampleOf, type Example } from '@sentence-mtl/trainer';

export type ClassificationTasks = Readonly<Record<string, ClassificationTask>>;

/** Texts with a label of each task, or of some of them. */
export interface LabelledTexts {
  readonly tasks: ClassificationTasks;
  readonly training: readonly Example[];
  readonly validation: readonly Example[];
}

/** The part of the rows that is held out where no validation data is given. */
const HELD_OUT = 0.1;

async function rowsOf(file: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(file)) rows.push(row);
  return rows;
}

/** A task for each kind of label that the training rows have. */
function tasksOf(training: readonly Row[]): ClassificationTasks {
  const counter = new LabelCounter();
  for (const row of training) counter.add(row);
  return Object.fromEntries(
    [...counter.counts].map(([task, counts]) => [task, classification(collectedLabels(task, counts))]),
  );
}

/**
 * Reads data files; without one for validation, a tenth of the rows is held out.
 *
 * @throws DataFileError, BadRowsError, TaskConfigError where files or labels are none that can be trained on
 */
export async function readLabelledTexts(
  file: string,
  validationFile: string | undefined,
  seed: number,
): Promise<LabelledTexts> {
  const rows = await rowsOf(file);
  const split = splitRows(rows, { seed, shares: { training: 1 - HELD_OUT, validation: HELD_OUT } });
  const [training, validation] =
    validationFile === undefined
      ? [split['training'] ?? [], split['validation'] ?? []].map((places) =>
          places.flatMap((place) => rows[place] ?? []),
        )
      : [rows, await rowsOf(validationFile)];
  const tasks = tasksOf(training ?? []);
  const examplesOf = (some: readonly Row[] = []): readonly Example[] => some.map((row) => exampleOf(row, tasks));
  return { tasks, training: examplesOf(training), validation: examplesOf(validation) };
}
