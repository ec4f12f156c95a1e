import type { OnnxNode } from '../model/onnx-model.ts';
import { FLOAT32, type QuantizedTensor } from './quantize-tensor.ts';

/** The quantised form of an operand: its uint8 numbers, their scale and their zero point. */
const operandNames = (name: string): readonly string[] => [`${name}_quantized`, `${name}_scale`, `${name}_zero_point`];

function standardNode(operator: string, inputs: readonly string[], outputs: readonly string[], name: string): OnnxNode {
  return { name, domain: '', operator, inputs, outputs, attributes: {} };
}

/**
 * The nodes that compute a product of a float32 operand and an int8 weight, whose last gives what the product gave.
 *
 * @param product MatMul, or Gemm with or without a bias
 * @param operands operands that are quantised already, to which this product's is added: products of one operand
 * share its quantised form
 */
export function quantizedProduct(
  product: OnnxNode,
  { numbers, scales }: QuantizedTensor,
  operands: Set<string>,
): readonly OnnxNode[] {
  const [operand = '', , bias = ''] = product.inputs;
  const [output = ''] = product.outputs;
  const quantized = operandNames(operand);
  const [values = '', scale = '', zeroPoint = ''] = quantized;
  const nodes: OnnxNode[] = [];
  const node = (operator: string, inputs: readonly string[], outputs: readonly string[]): void => {
    nodes.push(standardNode(operator, inputs, outputs, `${outputs[0] ?? ''}.${operator}`));
  };
  if (!operands.has(operand)) node('DynamicQuantizeLinear', [operand], quantized);
  operands.add(operand);
  const [integers, floats, factors] = [`${output}_integers`, `${output}_floats`, `${output}_factors`];
  const unbiased = bias === '' ? output : `${output}_product`;
  node('MatMulInteger', [values, numbers.name, zeroPoint], [integers]);
  nodes.push({ ...standardNode('Cast', [integers], [floats], `${floats}.Cast`), attributes: { to: FLOAT32 } });
  node('Mul', [scale, scales.name], [factors]);
  node('Mul', [floats, factors], [unbiased]);
  if (bias !== '') node('Add', [unbiased, bias], [output]);
  return nodes;
}
