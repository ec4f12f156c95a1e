import type { OnnxNode, OnnxTensor } from '../model/onnx-model.ts';

interface Body {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
}

/** Leaves out nodes and constants that nothing on the way to the wanted names reads. */
export function pruneGraph({ nodes, initializers }: Body, wanted: Iterable<string>): Body {
  const read = new Set(wanted);
  const kept: OnnxNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => read.has(name))) continue;
    kept.push(node);
    for (const name of node.inputs) read.add(name);
  }
  return { nodes: kept.reverse(), initializers: initializers.filter(({ name }) => read.has(name)) };
}
