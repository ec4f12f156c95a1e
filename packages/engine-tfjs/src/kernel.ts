import { ProgramError, type HostTensor } from '@sentence-mtl/core';
import type { Bindings, NodeOf, OperationName } from '@sentence-mtl/program';
import type { DeviceTensor, TensorFlow } from './tensor-flow.ts';

/** What a kernel may use beside its operands. */
export interface KernelContext {
  readonly tf: TensorFlow;
  readonly bindings: Bindings;
  /** The elements of the operands of a dropoutMask, which hashes in this process; empty for other operations. */
  readonly hostOperands: readonly (HostTensor['data'] | undefined)[];
}

/** Computes all results of a node, residuals included, by calls of tfjs. */
export type Kernel<K extends OperationName> = (
  operands: readonly DeviceTensor[],
  attributes: NodeOf<K>['attributes'],
  context: KernelContext,
) => readonly DeviceTensor[];

/** A kernel for every operation that computes: inputs and constants are tensors already. */
export type KernelTable = { readonly [K in Exclude<OperationName, 'input' | 'constant'>]: Kernel<K> };

/** Operand `index` of a node that its type rule has accepted. */
export function operandAt(operands: readonly DeviceTensor[], index: number): DeviceTensor {
  const operand = operands[index];
  if (operand === undefined)
    throw new ProgramError(`an operation has ${operands.length} operands and needs number ${index}`);
  return operand;
}
