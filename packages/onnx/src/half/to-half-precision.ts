// A value x that is computed or read in half precision is called x.float16, in float32 it keeps its name. Where both are
// needed, a cast makes the second of the first.
import { narrowToHalf } from '@sentence-mtl/core';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../model/onnx-model.ts';
import { float32Elements } from '../model/float32-elements.ts';
import { halfNodes, halfOperands } from './half-nodes.ts';

export interface HalfOptions {
  /** Whether products with a weight keep to float32: small ones, say, whose results are outputs. Default: none do. */
  readonly staysFloat32?: ((weight: string) => boolean) | undefined;
}

const SUFFIX = '.float16';
const half = (name: string): string => name + SUFFIX;

function narrowed(tensor: OnnxTensor): OnnxTensor {
  const source = float32Elements(tensor);
  const target = new Uint16Array(source.length);
  narrowToHalf(source, target);
  return { name: half(tensor.name), type: 'float16', shape: tensor.shape, data: new Uint8Array(target.buffer) };
}

/** The node with the names of its values in half precision. */
function renamed(node: OnnxNode): OnnxNode {
  const operands = halfOperands(node);
  return {
    ...node,
    inputs: node.inputs.map((name, at) => (operands.includes(at) && name !== '' ? half(name) : name)),
    outputs: node.outputs.map(half),
  };
}

function castTo(target: string): OnnxNode {
  const toHalf = target.endsWith(SUFFIX);
  const source = toHalf ? target.slice(0, -SUFFIX.length) : half(target);
  const to = ELEMENT_TYPE_NUMBERS[toHalf ? 'float16' : 'float32'];
  return {
    name: `Cast.${target}`,
    domain: '',
    operator: 'Cast',
    inputs: [source],
    outputs: [target],
    attributes: { to },
  };
}

/** The nodes with a cast before the first that reads what is there in the other format only. */
function withCasts(
  nodes: readonly OnnxNode[],
  given: Iterable<string>,
  outputs: readonly string[],
): readonly OnnxNode[] {
  const known = new Set(['', ...given]);
  const result: OnnxNode[] = [];
  const need = (name: string): void => {
    if (known.has(name)) return;
    known.add(name);
    result.push(castTo(name));
  };
  for (const node of nodes) {
    node.inputs.forEach(need);
    result.push(node);
    for (const name of node.outputs) known.add(name);
  }
  outputs.forEach(need);
  return result;
}

/**
 * A model whose products with stored matrices, and what stands between them, run in half precision, with weights of half
 * the size. Inputs, outputs and all that needs the range or the precision stay float32: sums that go on from layer to
 * layer, normalisations, softmax, masks. Products with a weight above 65504 stay so too.
 */
export function toHalfPrecision(model: OnnxModel, { staysFloat32 = () => false }: HalfOptions = {}): OnnxModel {
  const halves = halfNodes(model, staysFloat32);
  const nodes = model.nodes.map((node) => (halves.has(node) ? renamed(node) : node));
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const initializers = model.initializers.flatMap((tensor) => [
    ...(read.has(half(tensor.name)) ? [narrowed(tensor)] : []),
    ...(read.has(tensor.name) ? [tensor] : []),
  ]);
  const given = [...model.inputs, ...initializers].map(({ name }) => name);
  const outputs = model.outputs.map(({ name }) => name);
  return { ...model, initializers, nodes: withCasts(nodes, given, outputs) };
}
