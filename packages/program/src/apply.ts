import { ShapeError, type DType } from '@sentence-mtl/core';
import type { OperationAttributes, OperationName } from './operation.ts';
import { shapeError } from './shape-error.ts';
import type { Node, NodeOf, TensorType, TypeRule, Value } from './value.ts';

function typesOf<K extends OperationName>(
  op: K,
  rule: TypeRule<K>,
  inputs: readonly Value[],
  attributes: OperationAttributes[K],
): readonly [TensorType, ...TensorType[]] {
  try {
    return rule(inputs, attributes);
  } catch (error) {
    if (error instanceof ShapeError) throw shapeError(`${op}: ${error.message}`, error.cause);
    throw error;
  }
}

/**
 * Builds a node and returns its value, result 0. Residuals are reached through `value.node.outputs`.
 * The caller states the dtype that its type rule gives.
 *
 * @throws ShapeError, named after the operation, when the rule refuses the operands.
 */
export function apply<K extends OperationName, D extends DType = DType>(
  op: K,
  rule: TypeRule<K>,
  inputs: readonly Value[],
  attributes: OperationAttributes[K],
): Value<D> {
  const outputs: Value[] = [];
  // For one K this is a member of the union; TypeScript cannot see that for a K still open.
  const node = { op, attributes, inputs, outputs } satisfies NodeOf<K> as unknown as Node;
  const [first, ...residuals] = typesOf(op, rule, inputs, attributes);
  const value = { dtype: first.dtype as D, shape: first.shape, node, index: 0 };
  outputs.push(value);
  for (const residual of residuals) {
    outputs.push({ dtype: residual.dtype, shape: residual.shape, node, index: outputs.length });
  }
  return value;
}
