import type { ElementType } from './element-type.ts';
import type { OnnxAttribute, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.ts';
import { readModel } from './read-model.ts';

/** Constants of up to this many elements are shown where they are used. */
const SHOWN_ELEMENTS = 8;

const formatType = ({ type, shape }: Omit<OnnxValue, 'name'>): string => `${type} (${shape.join(', ')})`;

/** The shortest decimal that is this float32. */
function formatFloat(value: number): string {
  const decimals = [6, 7, 8, 9].map((digits) => Number(value.toPrecision(digits)));
  return String(decimals.find((decimal) => Math.fround(decimal) === value) ?? value);
}

function elementsOf({ type, data }: OnnxTensor): readonly string[] {
  const { buffer } = Uint8Array.from(data);
  switch (type) {
    case 'float32':
      return Array.from(new Float32Array(buffer), formatFloat);
    case 'int32':
      return Array.from(new Int32Array(buffer), String);
    case 'int64':
      return Array.from(new BigInt64Array(buffer), String);
    default:
      return Array.from(data, String);
  }
}

const ELEMENT_BYTES: Partial<Record<ElementType, number>> = { float32: 4, int32: 4, int64: 8, bool: 1 };

/** `int64 [-1, 8]` for a short vector, `float32 0.5` for a scalar; undefined for what is long or of another type. */
function formatElements(tensor: OnnxTensor): string | undefined {
  const { type, shape, data } = tensor;
  const count = shape.reduce((product, size) => product * size, 1);
  const elementBytes = ELEMENT_BYTES[type];
  if (elementBytes === undefined || count > SHOWN_ELEMENTS || data.length !== count * elementBytes) return undefined;
  const text = elementsOf(tensor).join(', ');
  if (shape.length === 0) return `${type} ${text}`;
  return shape.length === 1 ? `${type} [${text}]` : `${formatType(tensor)} [${text}]`;
}

function formatAttribute([name, value]: readonly [string, OnnxAttribute]): string {
  if (typeof value === 'string' || typeof value === 'number') return `${name}: ${value}`;
  if ('float' in value) return `${name}: ${formatFloat(value.float)}f`;
  return 'unread' in value ? `${name}: …` : `${name}: [${value.join(', ')}]`;
}

function formatNode(node: OnnxNode, constants: ReadonlyMap<string, string>): string {
  const operands = node.inputs.map((name) => constants.get(name) ?? (name === '' ? '_' : name));
  const attributes = Object.entries(node.attributes).map(formatAttribute);
  const parts = [operands.join(', '), attributes.join(', ')].filter((part) => part !== '');
  const domain = node.domain === '' ? '' : `${node.domain}.`;
  return `${node.outputs.join(', ')} = ${domain}${node.operator}(${parts.join('; ')})`;
}

const isGenerated = ({ name }: OnnxTensor): boolean => /^constant_\d+$/.test(name);

/**
 * An ONNX file as text, one line for each input, weight, operator and output:
 * `Gemm_0 = Gemm(x, weight, bias; transB: 1)`. Short constants that bear no name of their own stand where they are used.
 *
 * @throws ModelFormatError as `readModel` does
 */
export function printModel(bytes: Uint8Array): string {
  const model: OnnxModel = readModel(bytes);
  const constants = new Map<string, string>();
  for (const tensor of model.initializers) {
    const text = isGenerated(tensor) ? formatElements(tensor) : undefined;
    if (text !== undefined) constants.set(tensor.name, text);
  }
  const stored = model.initializers.filter(({ name }) => !constants.has(name));
  const opsets = [...model.opsets].map(([domain, version]) => `${domain === '' ? 'onnx' : domain} ${version}`);
  return [
    `ir ${model.irVersion}, ${opsets.join(', ')}`,
    ...[...model.metadata].map(([key, value]) => `metadata ${key}: ${JSON.stringify(value)}`),
    ...model.inputs.map((value) => `input ${value.name}: ${formatType(value)}`),
    ...stored.map((tensor) => `weight ${tensor.name}: ${formatType(tensor)}`),
    ...model.nodes.map((node) => formatNode(node, constants)),
    ...model.outputs.map((value) => `output ${value.name}: ${formatType(value)}`),
    '',
  ].join('\n');
}
