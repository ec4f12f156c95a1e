import type { OperationAttributes, OperationName, Shape } from '@sentence-mtl/program';
import type { RecordedTensor } from '../recorded-tensor.ts';

/** Operations that compute nothing from a value; the parity suite compares them with their specifications. */
export type Leaf = 'input' | 'constant' | 'dimensionSize' | 'range' | 'dropoutMask';
export type RecordedOperation = Exclude<OperationName, Leaf>;

/** A tensor computed in float64, and how far PyTorch's float32 is from it at most. */
export interface RecordedResult extends RecordedTensor {
  readonly float32Difference?: number;
}

/** Where we depart from PyTorch on purpose. */
export interface KnownDivergence {
  readonly why: string;
  /** Ours, in place of the recorded ones. */
  readonly gradients: readonly (RecordedResult | null)[];
}

export interface OperationCaseOf<K extends RecordedOperation> {
  readonly op: K;
  readonly name: string;
  readonly attributes: OperationAttributes[K];
  readonly inputs: readonly RecordedTensor[];
  /** The inputs' shapes to declare where an axis of size 1 is to be a symbol. */
  readonly symbols?: readonly Shape[];
  readonly knownDivergence?: KnownDivergence;
  readonly cotangent: RecordedTensor;
  readonly value: RecordedResult;
  /** One for each input, null where it is no float32. */
  readonly gradients: readonly (RecordedResult | null)[];
}

/** A union discriminated by `op`. */
export type OperationCase = { [K in RecordedOperation]: OperationCaseOf<K> }[RecordedOperation];

export interface OperationFixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly OperationCase[];
}
