import { ProgramError } from '@sentence-mtl/core';
import type { NodeOf, OperationName, Value } from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';

/** What a lowering works with. */
export interface Emitter {
  readonly graph: GraphBuilder;
  /** Whether anything reads a result: residuals are computed only where this holds. */
  readonly isUsed: (value: Value) => boolean;
}

/**
 * Builds ONNX operators for a node and returns the name of its value, or the names of all its results.
 * `names` are those of the operands, in their order.
 */
export type Lowering<K extends OperationName> = (
  emitter: Emitter,
  names: readonly string[],
  node: NodeOf<K>,
) => string | readonly string[];

export type LoweringTable = { readonly [K in OperationName]: Lowering<K> };

/** The name of an operand that the type rule guarantees. */
export function nameAt(names: readonly string[], index: number): string {
  const name = names[index];
  if (name === undefined) throw new ProgramError(`a node has no operand ${index}`);
  return name;
}

/** An operand or result that the type rule guarantees. */
export function valueAt(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new ProgramError(`a node has no value ${index}`);
  return value;
}
