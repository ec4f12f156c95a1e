import { ProgramError } from '@sentence-mtl/core';
import type { Bindings, NodeOf, OperationName } from '@sentence-mtl/program';
import type { ReferenceTensor } from './reference-tensor.ts';

/** What a run gives to every node. */
export interface RunContext {
  readonly feeds: Readonly<Record<string, ReferenceTensor>>;
  readonly bindings: Bindings;
}

/** Computes all results of a node, residuals included. */
export type Evaluator<K extends OperationName> = (
  operands: readonly ReferenceTensor[],
  attributes: NodeOf<K>['attributes'],
  context: RunContext,
) => readonly ReferenceTensor[];

/** An evaluator for every operation. */
export type EvaluatorTable = { readonly [K in OperationName]: Evaluator<K> };

/** Operand `index` of a node that its type rule has accepted. */
export function operandAt(operands: readonly ReferenceTensor[], index: number): ReferenceTensor {
  const operand = operands[index];
  if (operand === undefined)
    throw new ProgramError(`an operation has ${operands.length} operands and needs number ${index}`);
  return operand;
}
