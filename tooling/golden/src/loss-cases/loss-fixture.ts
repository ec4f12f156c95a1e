import { float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import type { TensorType } from '@sentence-mtl/program';
import { ownFixture, readJson, sharedFixture } from '../fixtures.ts';
import type { RecordedNumber } from '../recorded-tensor.ts';

/** Numbers nested as deep as the tensor has axes. */
export type NestedNumbers = RecordedNumber | readonly NestedNumbers[];

/** A case of losses.json. */
export interface RecordedLoss {
  readonly name: string;
  readonly inputs: Readonly<Record<string, NestedNumbers>>;
  readonly constants: Readonly<Record<string, NestedNumbers>>;
  readonly loss: RecordedNumber;
  readonly gradients: Readonly<Record<string, NestedNumbers>>;
}

export interface LossFixture {
  readonly cases: readonly RecordedLoss[];
}

const isNested = (numbers: NestedNumbers): numbers is readonly NestedNumbers[] => Array.isArray(numbers);

/** The numbers in row-major order. */
export const flatten = (numbers: NestedNumbers): readonly RecordedNumber[] =>
  isNested(numbers) ? numbers.flatMap(flatten) : [numbers];

function shapeOf(numbers: NestedNumbers): readonly number[] {
  if (!isNested(numbers)) return [];
  const [first] = numbers;
  return [numbers.length, ...(first === undefined ? [] : shapeOf(first))];
}

/** The recorded numbers as a tensor of the dtype that a program declares for them. */
export function feedOf({ dtype }: TensorType, numbers: NestedNumbers): HostTensor {
  const flat = flatten(numbers).map(Number);
  return dtype === 'int32' ? int32Tensor(flat, shapeOf(numbers)) : float32Tensor(flat, shapeOf(numbers));
}

/** The recorded losses: all of them where the shared fixtures are, else this package's copies of some. */
export function recordedLosses(): readonly RecordedLoss[] {
  return readJson<LossFixture>(sharedFixture('golden/losses/losses.json') ?? ownFixture('losses.json')).cases;
}
