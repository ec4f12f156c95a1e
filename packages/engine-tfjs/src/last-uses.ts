import type { Node, Value } from '@sentence-mtl/program';

/** For each node of a schedule the values that nothing after it reads: what can be freed once it has run. */
export function lastUses(order: readonly Node[], kept: Iterable<Value>): ReadonlyMap<Node, readonly Value[]> {
  const seen = new Set<Value>(kept);
  const freed = new Map<Node, readonly Value[]>();
  for (const node of order.toReversed()) {
    const unread = [...new Set([...node.inputs, ...node.outputs])].filter((value) => !seen.has(value));
    for (const value of unread) seen.add(value);
    freed.set(node, unread);
  }
  return freed;
}
