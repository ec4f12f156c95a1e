import { schedule, type Node, type Program } from '@sentence-mtl/program';

/** For each node the number of operations that must have run before it, one after another. */
function depths(program: Program): ReadonlyMap<Node, number> {
  const depth = new Map<Node, number>();
  for (const node of schedule(Object.values(program.outputs))) {
    depth.set(
      node,
      node.inputs.reduce((most, operand) => Math.max(most, (depth.get(operand.node) ?? 0) + 1), 0),
    );
  }
  return depth;
}

/**
 * The names of the outputs, soonest done first. ONNX Runtime computes outputs in their order: so each gradient of a
 * backward pass is made as soon as what it is made of exists, and what it is made of can be freed.
 */
export function outputOrder(program: Program): readonly string[] {
  const depth = depths(program);
  const names = Object.keys(program.outputs);
  const depthOf = (name: string): number => {
    const node = program.outputs[name]?.node;
    return node === undefined ? 0 : (depth.get(node) ?? 0);
  };
  return names.toSorted((left, right) => depthOf(left) - depthOf(right));
}
