import type { DType } from '@sentence-mtl/core';
import { operationCost } from './cost.ts';
import { addDimensions, multiplyDimensions, type Dimension } from './dimension.ts';
import { schedule } from './schedule.ts';
import { elementCount } from './shape.ts';
import type { OperationName } from './operation.ts';
import type { TensorType } from './value.ts';
import type { VerifiableProgram } from './verify-program.ts';

/** What a program consists of and costs; costs are polynomials of its symbols, for `bindDimension`. */
export interface ProgramStatistics {
  readonly nodes: number;
  readonly nodesByOperation: Readonly<Partial<Record<OperationName, number>>>;
  /** Elements of the inputs whose sizes are all fixed and of named constants: the parameters. */
  readonly parameters: number;
  /** Floating point operations of a run; a fused multiply-add counts as 2. */
  readonly operations: Dimension;
  /** Those of matrix products alone. */
  readonly productOperations: Dimension;
  /** Bytes read and written if every operation read its operands from memory and wrote its results there. */
  readonly bytes: Dimension;
}

const BYTES: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1 };

const bytesOf = ({ dtype, shape }: TensorType): Dimension => multiplyDimensions(elementCount(shape), BYTES[dtype]);

function parameterCount(type: TensorType): number {
  const count = elementCount(type.shape);
  return type.dtype === 'float32' && typeof count === 'number' ? count : 0;
}

/** Counts a program without running it, so that its cost at any batch and length can be predicted. */
export function programStatistics(program: VerifiableProgram): ProgramStatistics {
  const nodesByOperation: Partial<Record<OperationName, number>> = {};
  const order = schedule(Object.values(program.outputs));
  let parameters = Object.values(program.inputs).reduce((total, type) => total + parameterCount(type), 0);
  let operations: Dimension = 0;
  let productOperations: Dimension = 0;
  let bytes: Dimension = 0;
  for (const node of order) {
    nodesByOperation[node.op] = (nodesByOperation[node.op] ?? 0) + 1;
    if (node.op === 'constant' && node.attributes.name !== undefined) {
      parameters += node.attributes.tensor.data.length;
    }
    const cost = operationCost(node);
    operations = addDimensions(operations, cost.operations);
    if (node.op === 'matMul' || node.op === 'linear')
      productOperations = addDimensions(productOperations, cost.operations);
    if (cost.movesBytes) {
      const [value] = node.outputs;
      for (const type of value === undefined ? node.inputs : [...node.inputs, value])
        bytes = addDimensions(bytes, bytesOf(type));
    }
  }
  return { nodes: order.length, nodesByOperation, parameters, operations, productOperations, bytes };
}
