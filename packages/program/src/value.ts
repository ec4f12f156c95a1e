import type { DType } from '@sentence-mtl/core';
import type { OperationAttributes, OperationName } from './operation.ts';
import type { Shape } from './shape.ts';

/** What is known of a value before a program runs. */
export interface TensorType<D extends DType = DType, S extends Shape = Shape> {
  readonly dtype: D;
  readonly shape: S;
}

/**
 * One result of a node. Result 0 is the operation's value and carries the gradient; the others are residuals,
 * kept for the backward pass only.
 */
export interface Value<D extends DType = DType> extends TensorType<D> {
  readonly node: Node;
  readonly index: number;
}

/** An operation applied to values. Nodes are immutable and refer only to what was built before them. */
export interface NodeOf<K extends OperationName> {
  readonly op: K;
  readonly attributes: OperationAttributes[K];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** A union discriminated by `op`. */
export type Node = { [K in OperationName]: NodeOf<K> }[OperationName];

/** Result types of an operation from its operands' types. @throws ShapeError on misuse. */
export type TypeRule<K extends OperationName> = (
  inputs: readonly TensorType[],
  attributes: OperationAttributes[K],
) => readonly [TensorType, ...TensorType[]];

/**
 * The gradient of each operand given that of result 0, written in the same operations; undefined where an operand
 * has none. The string says why an operation as a whole has no gradient.
 */
export type GradientRule<K extends OperationName> =
  | ((upstream: Value, node: NodeOf<K>) => readonly (Value | undefined)[])
  | { readonly none: string };
