import type { HostTensor, Random } from '@sentence-mtl/core';
import type { Bindings, TensorType, Value } from '@sentence-mtl/program';

/** An input of a case: its type, and how its elements are drawn for a run's sizes. */
export interface CaseInput extends TensorType {
  readonly draw: (shape: readonly number[], random: Random) => HostTensor;
}

/** Where finite differences say nothing: the gradients a cotangent of ones must give, and why. */
export interface KnownGradients {
  readonly because: string;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

export interface CaseOptions {
  /** One run for each entry, all on the same executable. */
  readonly sizes?: readonly Bindings[];
  readonly known?: KnownGradients;
  /** Why no gradient of this case is compared. */
  readonly forwardOnly?: string;
}

/** One use of an operation, for every engine. */
export interface OperationCase {
  /** What holds, in words. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, CaseInput>>;
  readonly build: (inputs: Readonly<Record<string, Value>>) => Value;
  readonly sizes: readonly Bindings[];
  readonly known?: KnownGradients;
  readonly forwardOnly?: string;
}

/** Two sizes of a run, of which the second has a batch of one; a third has a sequence of one. */
const RUN_SIZES: readonly Bindings[] = [
  { batch: 3, sequence: 4 },
  { batch: 1, sequence: 5 },
  { batch: 2, sequence: 1 },
];

/** Describes a case; `build` gets values under the names of its inputs. */
export function operationCase<I extends Readonly<Record<string, CaseInput>>>(
  name: string,
  inputs: I,
  build: (inputs: { readonly [K in keyof I]: Value }) => Value,
  options: CaseOptions = {},
): OperationCase {
  const symbolic = Object.values(inputs).some(({ shape }) => shape.some((size) => typeof size === 'string'));
  return {
    sizes: symbolic ? RUN_SIZES : [{}],
    ...options,
    name,
    inputs,
    build: (values) => build(values as { readonly [K in keyof I]: Value }),
  };
}
