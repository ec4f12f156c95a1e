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
 * The names of the outputs, the last to be done first: the order in which ONNX Runtime, which follows the outputs
 * back to the inputs, needs the least memory for a backward pass, whatever order the program lists them in (up to 6 %
 * of a training step's memory; docs/decisions/0004).
 */
export function outputOrder(program: Program): readonly string[] {
  const depth = depths(program);
  const depthOf = (name: string): number => {
    const node = program.outputs[name]?.node;
    return node === undefined ? 0 : (depth.get(node) ?? 0);
  };
  return Object.keys(program.outputs).toSorted((left, right) => depthOf(right) - depthOf(left));
}
