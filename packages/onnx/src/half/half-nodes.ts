// What runs in half precision: the products with stored matrices, which are nearly all of the work and of the file, and what
// stands between two of them. All else stays in float32: sums that go on from layer to layer, normalisations, softmax, masks.
import { fitsHalf } from '@sentence-mtl/core';
import { CONTRIBUTED } from '../graph/target.ts';
import type { OnnxModel, OnnxNode, OnnxTensor } from '../model/onnx-model.ts';
import { float32Elements } from '../model/float32-elements.ts';

/** Operators that multiply by matrices or look rows up in them, with the places of their operands of floats. */
const PRODUCTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['MatMul', [0, 1]],
  ['Gemm', [0, 1, 2]],
  [`${CONTRIBUTED} FusedMatMul`, [0, 1]],
  ['Gather', [0]],
]);

/** Operators that may stand between two products. */
const BETWEEN: ReadonlyMap<string, readonly number[]> = new Map([
  ['Reshape', [0]],
  ['Transpose', [0]],
  ['Mul', [0, 1]],
  ['Add', [0, 1]],
  ['Erf', [0]],
  ['Tanh', [0]],
  ['Relu', [0]],
  ['Gelu', [0]],
]);

const nameOf = ({ domain, operator }: OnnxNode): string => (domain === '' ? operator : `${domain} ${operator}`);

/** The places of a node's operands that are in half precision where the node is. */
export function halfOperands(node: OnnxNode): readonly number[] {
  return PRODUCTS.get(nameOf(node)) ?? BETWEEN.get(nameOf(node)) ?? [];
}

const isFloat32ThatFits = (tensor: OnnxTensor): boolean =>
  tensor.type === 'float32' && tensor.unread === undefined && fitsHalf(float32Elements(tensor));

/** Which weights may be stored in half precision: those that are asked for and have no number beyond it. */
function halfWeights(
  { initializers }: OnnxModel,
  staysFloat32: (weight: string) => boolean,
): (name: string) => boolean {
  const weights = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  const known = new Map<string, boolean>();
  return (name) => {
    const tensor = weights.get(name);
    const fits = known.get(name) ?? (tensor !== undefined && !staysFloat32(name) && isFloat32ThatFits(tensor));
    known.set(name, fits);
    return fits;
  };
}

/**
 * The nodes of a model that are to run in half precision.
 *
 * @param staysFloat32 whether products with a weight keep to float32
 */
export function halfNodes(model: OnnxModel, staysFloat32: (weight: string) => boolean): ReadonlySet<OnnxNode> {
  const ranks = new Map(model.initializers.map(({ name, shape }) => [name, shape.length]));
  const isHalfWeight = halfWeights(model, staysFloat32);
  const halves = new Set<string>();
  const runsInHalf = (node: OnnxNode): boolean => {
    const operands = halfOperands(node).flatMap((at) => node.inputs[at] ?? []);
    const stored = operands.filter((name) => ranks.has(name));
    const computed = operands.filter((name) => !ranks.has(name));
    if (!stored.every(isHalfWeight)) return false;
    if (PRODUCTS.has(nameOf(node)))
      return stored.some((name) => ranks.get(name) === 2) || computed.some((name) => halves.has(name));
    // A sum of two computed values is one that goes on from layer to layer.
    if (node.operator === 'Add' && stored.length === 0) return false;
    return computed.length > 0 && computed.every((name) => halves.has(name));
  };
  const found = model.nodes.filter((node) => {
    const isHalf = runsInHalf(node);
    if (isHalf) for (const name of node.outputs) halves.add(name);
    return isHalf;
  });
  return new Set(found);
}
