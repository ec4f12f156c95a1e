import { ProgramError } from '@sentence-mtl/core';
import type { Node, Value } from '../value.ts';

function at(values: readonly Value[], index: number, node: Node, role: string): Value {
  const value = values[index];
  if (value === undefined)
    throw new ProgramError(`${node.op} has no ${role} ${index}; the graph was not built by its builder`);
  return value;
}

/** Operand `index` of a node that its type rule has accepted. */
export function operand(node: Node, index: number): Value {
  return at(node.inputs, index, node, 'operand');
}

/** Result `index` of a node: 0 is its value, the others residuals. */
export function result(node: Node, index = 0): Value {
  return at(node.outputs, index, node, 'result');
}
