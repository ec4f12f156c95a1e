// Examples made ready once, before training: texts as tokens, labels as numbers, and where a label is missing. Steps
// then only gather.
import type { HostTensor } from '@sentence-mtl/core';
import { encodeLabels, textCount, type Task, type Tasks } from '@sentence-mtl/heads';
import type { SentenceTokenizer } from '@sentence-mtl/model';
import type { Encoding } from '@sentence-mtl/tokenizer';
import { TrainingDataError } from '../errors.ts';
import type { Example } from './example.ts';

/** The labels of a task, for all examples. */
export interface TaskLabels {
  /** (N, …) */
  readonly labels: HostTensor<'int32' | 'float32'>;
  /** (N): 1 where there is a label. */
  readonly present: Uint8Array;
}

export interface PreparedExamples {
  readonly examples: readonly Example[];
  /** The tokens of all texts, example after example. */
  readonly encodings: readonly Encoding[];
  /** (N + 1): where the texts of an example begin in `encodings`. */
  readonly firstText: Int32Array;
  /** (N): tokens of the longest text of an example. */
  readonly lengths: Int32Array;
  readonly tasks: ReadonlyMap<string, TaskLabels>;
}

/** @throws TrainingDataError where a labelled row has another number of texts than the task compares */
function checkTextCount(name: string, task: Task, { texts, place }: Example): void {
  const count = textCount(task);
  if (texts.length === count) return;
  const given = texts.length === 1 ? 'one text' : `${texts.length} texts`;
  throw new TrainingDataError(
    `${place}: the row has a label of task "${name}", which is of kind ${task.kind} and reads ${count === 1 ? 'one text' : `${count} texts`}; the row has ${given}`,
  );
}

function labelsOf(name: string, task: Task, examples: readonly Example[]): TaskLabels {
  const given = examples.map(({ labels }) => (Object.hasOwn(labels, name) ? labels[name] : undefined));
  const present = Uint8Array.from(given, (label) => (label === undefined || label === null ? 0 : 1));
  examples.forEach((example, row) => {
    if (present[row] === 1) checkTextCount(name, task, example);
  });
  return { labels: encodeLabels(name, task, given, (row) => examples[row]?.place ?? `row ${row}`), present };
}

/**
 * Tokens and labels of examples.
 *
 * @param prompt goes in front of each text, as where the model predicts
 * @throws LabelError where a label is none of its task's, with the example's place
 * @throws TrainingDataError where a row does not have the texts that its labels are of
 */
export function prepareExamples(
  examples: readonly Example[],
  tasks: Tasks,
  tokenizer: SentenceTokenizer,
  prompt: string,
): PreparedExamples {
  const firstText = new Int32Array(examples.length + 1);
  examples.forEach(({ texts }, row) => {
    firstText[row + 1] = (firstText[row] ?? 0) + texts.length;
  });
  const entries = Object.entries(tasks).map(([name, task]) => [name, labelsOf(name, task, examples)] as const);
  const encodings = tokenizer.encode(
    examples.flatMap(({ texts }) => texts),
    prompt,
  );
  const lengths = Int32Array.from(examples, (_, row) => {
    const own = encodings.slice(firstText[row], firstText[row + 1]);
    return own.reduce((longest, { ids }) => Math.max(longest, ids.length), 0);
  });
  return { examples, encodings, firstText, lengths, tasks: new Map(entries) };
}
