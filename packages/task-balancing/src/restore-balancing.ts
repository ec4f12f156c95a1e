import { ArgumentError } from '@sentence-mtl/core';
import type { BalancingMethod, BalancingState, ByTask } from './balancing-method.ts';

const isObject = (value: unknown): value is ByTask<unknown> => {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
};

function namesMatch(saved: ByTask<unknown>, own: ByTask<unknown>): boolean {
  const names = Object.keys(own);
  return Object.keys(saved).length === names.length && names.every((name) => Object.hasOwn(saved, name));
}

/**
 * The state of a checkpoint, checked to be one of this method for these tasks.
 * @throws ArgumentError that says what differs
 */
export function restoreBalancing(method: BalancingMethod, tasks: readonly string[], saved: unknown): BalancingState {
  const own = method.init(tasks);
  if (!isObject(saved) || !namesMatch(saved, own)) {
    const found = isObject(saved) ? `tasks ${Object.keys(saved).join(', ') || 'none'}` : JSON.stringify(saved);
    throw new ArgumentError(`the saved state of ${method.name} is of ${found}; the run has ${tasks.join(', ')}`);
  }
  const entries = Object.entries(own).map(([task, numbers]) => {
    const state = saved[task];
    if (!isObject(state) || !namesMatch(state, numbers) || !Object.values(state).every(Number.isFinite)) {
      const wanted = Object.keys(numbers).join(', ') || 'nothing';
      throw new ArgumentError(
        `the saved state of the task "${task}" is ${JSON.stringify(state)}; ${method.name} keeps ${wanted} as numbers`,
      );
    }
    return [task, state as Readonly<Record<string, number>>] as const;
  });
  return Object.fromEntries(entries);
}
