import { reapply } from './reapply.ts';
import { schedule } from './schedule.ts';
import type { Node, Value } from './value.ts';

/**
 * Gives another value for result 0 of a node, or undefined to keep it. `node` has its operands already replaced;
 * `original` is the node of the old graph that it stands for.
 */
export type Replacement = (node: Node, original: Node) => Value | undefined;

/**
 * Builds the values again from the leaves up, replacing results on the way. Residuals stay those of the node itself.
 * What nothing changes is shared with the old graph.
 */
export function rebuild(values: readonly Value[], replace: Replacement): readonly Value[] {
  const replaced = new Map<Value, Value>();
  const current = (value: Value): Value => replaced.get(value) ?? value;
  for (const original of schedule(values)) {
    const inputs = original.inputs.map(current);
    const same = inputs.every((x, index) => x === original.inputs[index]);
    const { outputs } = same ? original : reapply(original, inputs).node;
    for (const [index, old] of original.outputs.entries()) {
      const made = outputs[index];
      if (made === undefined) continue;
      const other = index === 0 ? replace(made.node, original) : undefined;
      if ((other ?? made) !== old) replaced.set(old, other ?? made);
    }
  }
  return values.map(current);
}
