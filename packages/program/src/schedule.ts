import type { Node, Value } from './value.ts';

/**
 * The nodes that the given values need, each after those it depends on. What is dead is what this does not return.
 * Iterative, because a gradient graph is thousands of nodes deep.
 */
export function schedule(values: Iterable<Value>): Node[] {
  const seen = new Set<Node>();
  const order: Node[] = [];
  const stack: { readonly node: Node; next: number }[] = [];
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const value of values) {
    visit(value.node);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const operand = top.node.inputs[top.next++];
      if (operand !== undefined) visit(operand.node);
      else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
