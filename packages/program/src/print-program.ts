import type { HostTensor } from '@sentence-mtl/core';
import { schedule } from './schedule.ts';
import { formatShape } from './shape.ts';
import type { Node, TensorType, Value } from './value.ts';
import type { VerifiableProgram } from './verify-program.ts';

const SHOWN_ELEMENTS = 4;

const formatType = ({ dtype, shape }: TensorType): string => `${dtype} ${formatShape(shape)}`;

function formatTensor({ data }: HostTensor): string {
  const shown = Array.from(data.subarray(0, SHOWN_ELEMENTS), (element) => `${element}`).join(', ');
  return `[${shown}${data.length > SHOWN_ELEMENTS ? ', …' : ''}]`;
}

function formatAttributes(node: Node): string {
  if (node.op === 'constant') return node.attributes.name ?? formatTensor(node.attributes.tensor);
  const entries = Object.entries(node.attributes).filter(([name]) => node.op !== 'input' || name === 'name');
  return entries
    .map(([name, value]) => {
      const text: string = Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
      return node.op === 'input' ? text : `${name}: ${text}`;
    })
    .join(', ');
}

/**
 * The program as text, one line a node in the order of execution:
 * `%3 float32 (batch, 5) = matMul(%1, %2; transposeA: false, transposeB: true, scale: 1)`.
 */
export function printProgram(program: VerifiableProgram): string {
  const names = new Map<Value, string>();
  const lines: string[] = [];
  for (const [index, node] of schedule(Object.values(program.outputs)).entries()) {
    for (const value of node.outputs) names.set(value, value.index === 0 ? `%${index}` : `%${index}.${value.index}`);
    const operands = node.inputs.map((x) => names.get(x) ?? '?').join(', ');
    const attributes = formatAttributes(node);
    const arguments_ = [operands, attributes].filter((part) => part !== '').join('; ');
    const [value] = node.outputs;
    if (value !== undefined) lines.push(`%${index} ${formatType(value)} = ${node.op}(${arguments_})`);
  }
  const outputs = Object.entries(program.outputs).map(([name, value]) => `${name}: ${names.get(value) ?? '?'}`);
  return [...lines, `return { ${outputs.join(', ')} }`].join('\n');
}
