import type { Loss } from '@sentence-mtl/losses';
import { broadcastTo, defineProgram, input, scalar, sum, type Program, type Value } from '@sentence-mtl/program';
import type { OutputValues } from './task-kind.ts';
import { kindOf, type Task } from './task-kinds.ts';
import { labelType, taskLoss } from './task-program.ts';
import type { Tasks } from './tasks.ts';

/** Outputs of the right shape whose values do not matter: what rows count follows from their labels alone. */
function anyOutputs(task: Task): OutputValues {
  const zeros = (width: number): Value => broadcastTo(scalar(0, 'float32'), ['batch', width]);
  const kind = kindOf(task);
  const tokens = {
    embeddings: broadcastTo(scalar(0, 'float32'), ['batch', 1, 1]),
    attentionMask: broadcastTo(scalar(1, 'int32'), ['batch', 1]),
  };
  const texts = Array.from({ length: kind.textCount(task) }, () => ({
    embedding: zeros(1),
    normalized: zeros(1),
    tokens,
  }));
  const size = kind.head(task, { embedding: 1, tokens: 1 })?.outputSize ?? 1;
  return kind.outputs(task, texts, () => zeros(size));
}

const lossForLabels = (task: Task, labels: Value): Loss => taskLoss(task, anyOutputs(task), labels);

/** Whether a batch may be cut into micro-batches for a task (`rows`), or its rows compare themselves (`batch`). */
export function lossScope(task: Task): Loss['scope'] {
  const { dtype, shape } = labelType(task);
  return lossForLabels(task, input('labels', dtype, shape)).scope;
}

/**
 * The program that counts labels: from `labels.<name>` to `total.<name>`, what the rows of a batch count together. Run
 * on the labels of a whole step, it gives the totals that the step's micro-batches are fed; see `lossValue`. Tasks whose
 * loss is one of the batch as a whole have none; undefined where no task has one.
 */
export function labelTotals(tasks: Tasks): Program | undefined {
  const ofRows = Object.entries(tasks).filter(([, task]) => lossScope(task) === 'rows');
  if (ofRows.length === 0) return undefined;
  const inputs = Object.fromEntries(ofRows.map(([name, task]) => [`labels.${name}`, labelType(task)]));
  return defineProgram(inputs, (values) => {
    const totals = ofRows.flatMap(([name, task]) => {
      const labels = values[`labels.${name}`];
      const loss = labels === undefined ? undefined : lossForLabels(task, labels);
      return loss?.scope === 'rows' ? [[`total.${name}`, sum(loss.weights)] as const] : [];
    });
    return Object.fromEntries(totals);
  });
}
