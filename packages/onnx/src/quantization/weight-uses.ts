import type { OnnxModel, OnnxNode, OnnxTensor } from '../model/onnx-model.ts';

/** How a node reads a stored matrix: rows that it selects, or the right operand (K, N), or (N, K), of a product. */
export type WeightForm = 'table' | 'operand' | 'transposedOperand';

/** A node that reads a stored matrix in a form that has an int8 one. */
export interface WeightUse {
  readonly form: WeightForm;
  readonly weight: OnnxTensor;
}

type Weights = ReadonlyMap<string, OnnxTensor>;
type Constants = ReadonlyMap<string, OnnxTensor>;

/** Smaller tables stay as they are: they are a thousandth of a model, and relative positions act on every score. */
const LEAST_TABLE_ELEMENTS = 1024;

function isZero(attribute: unknown): boolean {
  return attribute === undefined || attribute === 0;
}

/** Whether a factor of Gemm is left out or 1. */
function isOne(attribute: OnnxNode['attributes'][string] | undefined): boolean {
  return attribute === undefined || (typeof attribute === 'object' && 'float' in attribute && attribute.float === 1);
}

/** Whether a slice is of whole rows: its axes are stored and are the first alone. */
function selectsRows({ inputs }: OnnxNode, constants: Constants): boolean {
  const axes = constants.get(inputs[3] ?? '');
  return axes !== undefined && axes.shape.length === 1 && axes.shape[0] === 1 && axes.data.every((byte) => byte === 0);
}

function formOf(node: OnnxNode, constants: Constants): readonly [form: WeightForm, input: number] | undefined {
  if (node.domain !== '') return undefined;
  const { operator, attributes } = node;
  if (operator === 'MatMul') return ['operand', 1];
  if (operator === 'Gather') return isZero(attributes['axis']) ? ['table', 0] : undefined;
  if (operator === 'Slice') return selectsRows(node, constants) ? ['table', 0] : undefined;
  if (operator !== 'Gemm' || !isZero(attributes['transA'])) return undefined;
  if (!isOne(attributes['alpha']) || !isOne(attributes['beta'])) return undefined;
  return [isZero(attributes['transB']) ? 'operand' : 'transposedOperand', 1];
}

function useOf(node: OnnxNode, weights: Weights, constants: Constants): WeightUse | undefined {
  const [form, input = 0] = formOf(node, constants) ?? [];
  const weight = weights.get(node.inputs[input] ?? '');
  if (form === undefined || weight === undefined) return undefined;
  if (node.inputs.some((name, index) => index !== input && name === weight.name)) return undefined;
  const isSmall = weight.data.length < LEAST_TABLE_ELEMENTS * Float32Array.BYTES_PER_ELEMENT;
  return form === 'table' && isSmall ? undefined : { form, weight };
}

/** The nodes that read a stored matrix in a form that has an int8 one; matrices that are read in several ways stay. */
export function weightUses(
  { nodes, initializers, outputs }: OnnxModel,
  weights: Weights,
): ReadonlyMap<OnnxNode, WeightUse> {
  const constants = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  const uses = new Map<OnnxNode, WeightUse>();
  const forms = new Map<string, Set<WeightForm | undefined>>();
  const note = (name: string, form: WeightForm | undefined): void => {
    const known = forms.get(name) ?? new Set();
    forms.set(name, known.add(form));
  };
  for (const node of nodes) {
    const use = useOf(node, weights, constants);
    if (use !== undefined) uses.set(node, use);
    for (const name of node.inputs) note(name, name === use?.weight.name ? use.form : undefined);
  }
  for (const { name } of outputs) note(name, undefined);
  return new Map([...uses].filter(([, { weight }]) => forms.get(weight.name)?.size === 1));
}
