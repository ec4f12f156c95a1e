import type { OnnxNode } from '../model/onnx-model.ts';

/**
 * Gives graph outputs their names, by renaming what produces them; an input, a constant, or a value that is an
 * output twice, passes through Identity.
 *
 * @param outputs pairs of output name and name of the value
 */
export function nameOutputs(
  nodes: readonly OnnxNode[],
  outputs: readonly (readonly [output: string, value: string])[],
): readonly OnnxNode[] {
  const produced = new Set(nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const identities: OnnxNode[] = [];
  for (const [output, value] of outputs) {
    if (produced.has(value) && !renamed.has(value)) renamed.set(value, output);
    else {
      const copy = { domain: '', operator: 'Identity', attributes: {} };
      identities.push({ ...copy, name: `Identity.${output}`, inputs: [value], outputs: [output] });
    }
  }
  const finalName = (name: string): string => renamed.get(name) ?? name;
  return [...nodes, ...identities].map((node) => ({
    ...node,
    inputs: node.inputs.map(finalName),
    outputs: node.outputs.map(finalName),
  }));
}
