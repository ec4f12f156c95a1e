import { ArgumentError, nearestMatch, type Parameters } from '@sentence-mtl/core';

/** All that an optimizer needs to go on where it was, besides the parameters. Frozen parameters have no part in it. */
export interface OptimizerState {
  /** Steps taken by the whole optimizer. */
  readonly step: number;
  /** Steps of each parameter that has taken any, by path. */
  readonly counts: ReadonlyMap<string, number>;
  /** The label of each parameter that a partition labels, by path. */
  readonly labels: ReadonlyMap<string, string>;
  /** Arrays of state of the parameters that have taken a step: by slot, such as `adam.firstMoment`, then by path. */
  readonly slots: ReadonlyMap<string, Parameters>;
}

/** What an optimizer keeps: that which a state has to fit. */
export interface StateLayout {
  readonly parameters: Parameters;
  readonly labels: ReadonlyMap<string, string>;
  /** The slots of a parameter; undefined where it is frozen. */
  readonly slotsOf: (path: string) => readonly string[] | undefined;
}

/** What a path that the optimizer does not have may mean. */
export function unknownPath(path: string, parameters: Parameters): ArgumentError {
  const near = nearestMatch(path, parameters.keys());
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return new ArgumentError(`${path} is not a parameter of the optimizer${hint}`);
}

function checkCount(name: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new ArgumentError(`the state has taken ${count} steps${name}; that is not a number of steps`);
}

function checkSlots(path: string, { slots }: OptimizerState, layout: StateLayout): void {
  const own = layout.slotsOf(path) ?? [];
  const { data } = layout.parameters.get(path) ?? { data: [] };
  for (const slot of own) {
    const given = slots.get(slot)?.get(path)?.data;
    if (given === undefined) throw new ArgumentError(`the state has no ${slot} of ${path}, which this optimizer keeps`);
    if (given.length === data.length) continue;
    throw new ArgumentError(`the state ${slot} of ${path} has ${given.length} values, not ${data.length}`);
  }
}

function checkPath(path: string, count: number, state: OptimizerState, layout: StateLayout): void {
  if (!layout.parameters.has(path)) throw unknownPath(path, layout.parameters);
  checkCount(` of ${path}`, count);
  if (layout.slotsOf(path) === undefined) {
    throw new ArgumentError(`the state has ${count} steps of ${path}, which is frozen in this optimizer`);
  }
  const [theirs, ours] = [state.labels.get(path), layout.labels.get(path)];
  if (theirs !== ours) {
    throw new ArgumentError(
      `the state has ${path} under the label ${theirs ?? '(none)'}; this optimizer has it under ${ours ?? '(none)'}`,
    );
  }
  checkSlots(path, state, layout);
}

/**
 * Whether a state can be restored: each parameter that has taken a step is trained here, under the same label, with the
 * same arrays. One that has taken none may be frozen there and trained here: it has been thawed.
 *
 * @throws ArgumentError that says what differs
 */
export function checkState(state: OptimizerState, layout: StateLayout): void {
  checkCount('', state.step);
  for (const [path, count] of state.counts) checkPath(path, count, state, layout);
  for (const [slot, arrays] of state.slots) {
    for (const path of arrays.keys()) {
      if (state.counts.has(path) && layout.slotsOf(path)?.includes(slot) === true) continue;
      throw new ArgumentError(`the state has ${slot} of ${path}, which this optimizer does not keep`);
    }
  }
}
