import type { Dimension } from './dimension.ts';
import { schedule } from './schedule.ts';
import type { Node, Value } from './value.ts';
import type { VerifiableProgram } from './verify-program.ts';

const found = new WeakMap<VerifiableProgram, ReadonlyMap<string, readonly Dimension[]>>();

/** The input a value is a mere view of, if it is one. */
function viewedInput(value: Value): string | undefined {
  const { node } = value;
  if (node.op === 'input') return node.attributes.name;
  const isView = node.op === 'reshape' || node.op === 'transpose' || node.op === 'stopGradient';
  const [operand] = node.inputs;
  return isView && operand !== undefined ? viewedInput(operand) : undefined;
}

function limitOf(node: Node): { readonly indices: Value; readonly limit: Dimension } | undefined {
  const [first, second] = node.inputs;
  if (node.op === 'gather' && first !== undefined && second !== undefined) {
    const [limit] = first.shape;
    return limit === undefined ? undefined : { indices: second, limit };
  }
  if (node.op === 'scatterAdd' && first !== undefined) return { indices: first, limit: node.attributes.rows };
  return undefined;
}

/**
 * For each input whose elements select rows of tables: the number of rows of each table. Indices that a program computes
 * itself are its own affair.
 */
export function indexLimits(program: VerifiableProgram): ReadonlyMap<string, readonly Dimension[]> {
  const known = found.get(program);
  if (known !== undefined) return known;
  const limits = new Map<string, readonly Dimension[]>();
  for (const node of schedule(Object.values(program.outputs))) {
    const use = limitOf(node);
    const name = use === undefined ? undefined : viewedInput(use.indices);
    if (use === undefined || name === undefined) continue;
    limits.set(name, [...(limits.get(name) ?? []), use.limit]);
  }
  found.set(program, limits);
  return limits;
}
