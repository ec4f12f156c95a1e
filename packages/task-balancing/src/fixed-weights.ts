import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import type { BalancingMethod, BalancingState, ByTask, LabelledStep } from './balancing-method.ts';
import { isLabelled, lossOf, stateOf, valueOf, whereLabelled } from './labelled-tasks.ts';

function checkTasks(weights: ByTask<number>, tasks: readonly string[]): void {
  for (const task of Object.keys(weights)) {
    if (tasks.includes(task)) continue;
    const near = nearestMatch(task, tasks);
    const hint = near === undefined ? `there are ${tasks.join(', ')}` : `did you mean "${near}"?`;
    throw new ArgumentError(`a weight is given for "${task}", which is not a task of the run; ${hint}`);
  }
  if (tasks.some((task) => valueOf(weights, task) !== 0)) return;
  throw new ArgumentError('the weight of every task is 0: nothing would be learnt');
}

/**
 * Weights that stay as they are, 1 where none is given; the total is the weighted sum.
 * @throws ArgumentError when a weight is negative or not finite
 */
export function fixedWeights(weights: ByTask<number>): BalancingMethod {
  const given = Object.entries(weights);
  const wrong = given.find(([, weight]) => !(weight >= 0 && weight < Infinity));
  if (wrong !== undefined) {
    throw new ArgumentError(`the weight of the task "${wrong[0]}" is ${wrong[1]}; it must be finite and not negative`);
  }
  const settings = given.map(([task, weight]) => `${task}: ${weight}`).toSorted();
  const weightsAhead = (step: LabelledStep, state: BalancingState): ByTask<number> => {
    return whereLabelled(step, state, (task) => valueOf(weights, task) ?? 1);
  };
  return {
    name: given.length === 0 ? 'equalWeights()' : `fixedWeights(${settings.join(', ')})`,
    init: (tasks) => {
      const state = stateOf(tasks, () => ({}));
      checkTasks(weights, tasks);
      return state;
    },
    weightsAhead,
    weigh: (step, state) => {
      const ahead = Object.entries(weightsAhead(step, state)).filter(([task]) => isLabelled(step, task));
      const total = ahead.reduce((sum, [task, weight]) => sum + weight * lossOf(step, task), 0);
      return { weights: weightsAhead(step, state), total, state };
    },
  };
}

/** The weight 1 for every task: the total is the sum of the losses. */
export function equalWeights(): BalancingMethod {
  return fixedWeights({});
}
