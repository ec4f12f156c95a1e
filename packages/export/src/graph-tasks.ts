import { textCount, type Task, type Tasks } from '@sentence-mtl/heads';
import { checkHasTask } from '@sentence-mtl/model';
import { ExportError } from './errors.ts';
import type { ExportNotice } from './exportable-model.ts';

/** Tasks as outputs of a graph that is given one text a row. */
export interface GraphTasks {
  readonly tasks: Tasks;
  /** Of tasks that are no outputs. */
  readonly notices: readonly ExportNotice[];
}

/** Why a task is no output of such a graph, and where what it says is to be had; undefined for one that is. */
function absence(name: string, task: Task): string | undefined {
  switch (task.kind) {
    case 'pair-similarity': {
      const [least, most] = task.range;
      return `task "${name}" compares two texts and is no output: its score is ${least} + ${most - least} × the cosine of their sentence embeddings`;
    }
    case 'embedding':
      return `task "${name}" has no output but the sentence embedding`;
    default:
      return textCount(task) === 1
        ? undefined
        : `task "${name}" reads two texts at once, and a graph is given one: it cannot be exported; MultiTaskModel.predictPairs and the command predict run it`;
  }
}

/**
 * The tasks that a graph of one text has: those that are asked for, or all that read one text.
 *
 * @throws ArgumentError where the model has none of a name
 * @throws ExportError where one is asked for that reads two texts, or has no output of its own
 */
export function graphTasks(tasks: Tasks, asked?: readonly string[]): GraphTasks {
  for (const name of asked ?? []) checkHasTask(tasks, name);
  const given = Object.entries(tasks).filter(([name]) => asked?.includes(name) ?? true);
  const absent = given.flatMap(([name, task]) => absence(name, task) ?? []);
  const [first] = absent;
  if (asked !== undefined && first !== undefined) throw new ExportError(first);
  return {
    tasks: Object.fromEntries(given.filter(([name, task]) => absence(name, task) === undefined)),
    notices: absent.map((message) => ({ kind: 'pairTask', message })),
  };
}
