import { float32Tensor, Random, type HostTensor } from '@sentence-mtl/core';
import { expect, test } from 'vitest';

/** Normally distributed numbers that are the same for a name and shape. */
export function numbers(name: string, ...shape: readonly number[]): HostTensor<'float32'> {
  const random = Random.of(7).split(name);
  const count = shape.reduce((product, size) => product * size, 1);
  return float32Tensor(
    Float32Array.from({ length: count }, () => random.normal()),
    shape,
  );
}

interface ReferenceOptions {
  readonly bias?: HostTensor<'float32'>;
  /** What the largest weight of an output becomes. */
  readonly largest: number;
}

/** To the nearest integer, of two equally near the even one: how ONNX rounds. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** DynamicQuantizeLinear of the ONNX specification, with the numbers less their zero point. */
function quantizedOperand(data: Float32Array): { readonly numbers: readonly number[]; readonly scale: number } {
  const [least, greatest] = [Math.min(0, ...data), Math.max(0, ...data)];
  const scale = Math.fround((greatest - least) / 255);
  const zeroPoint = roundHalfEven(-least / scale);
  const clamp = (value: number): number => Math.max(0, Math.min(255, value));
  return { scale, numbers: [...data].map((value) => clamp(roundHalfEven(value / scale) + zeroPoint) - zeroPoint) };
}

/** x·Wᵀ + b of (B, K) and (N, K) in the arithmetic of a dynamically quantised product, by loops. */
export function referenceLinear(
  x: HostTensor<'float32'>,
  weight: HostTensor<'float32'>,
  { bias, largest }: ReferenceOptions,
): readonly number[] {
  const [batch = 0, inputs = 0] = x.shape;
  const [outputs = 0] = weight.shape;
  const operand = quantizedOperand(x.data);
  return Array.from({ length: batch * outputs }, (_, place) => {
    const [row, output] = [Math.floor(place / outputs), place % outputs];
    const weights = weight.data.subarray(output * inputs, (output + 1) * inputs);
    const scale = Math.fround(Math.max(...weights.map(Math.abs)) / largest);
    let sum = 0;
    weights.forEach((value, i) => {
      sum += (operand.numbers[row * inputs + i] ?? 0) * Math.round(value / scale);
    });
    return sum * operand.scale * scale + (bias?.data[output] ?? 0);
  });
}

test('the reference is near the product of float32 numbers', () => {
  const x = float32Tensor([1, -2, 0.5, 4], [2, 2]);
  const weight = float32Tensor([1, 3, -2, 1], [2, 2]);
  const got = referenceLinear(x, weight, { bias: float32Tensor([10, 20], [2]), largest: 127 });
  [5, 16, 22.5, 23].forEach((value, i) => expect(got[i]).toBeCloseTo(value, 0));
  expect(roundHalfEven(2.5)).toBe(2);
  expect(roundHalfEven(3.5)).toBe(4);
  expect(roundHalfEven(-2.5)).toBe(-2);
});
