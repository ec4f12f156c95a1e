import { expect } from 'vitest';
import type { Answers, Numbers } from './engine-answers.test.support.ts';

/** Of values up to 1, or of the largest value where that is more. */
export const TOLERANCE = { fp32: 1e-5, fp16: 2e-3 } as const;

/** The largest difference, in parts of the largest value where that is over 1; infinite where shapes differ. */
export function gapBetween(actual: Numbers | undefined, expected: Numbers): number {
  if (actual?.dims.join() !== expected.dims.join() || actual.data.length !== expected.data.length) return Infinity;
  const scale = Math.max(1, ...expected.data.map(Math.abs));
  const gaps = expected.data.map((value, index) => Math.abs((actual.data[index] ?? Number.NaN) - value) / scale);
  return gaps.some(Number.isNaN) ? Infinity : Math.max(...gaps);
}

/** Each row's softmax. */
function softmax({ dims, data }: Numbers): Numbers {
  const [rows = 0, columns = 0] = dims;
  const shares = Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns)).flatMap(
    (logits) => {
      const powers = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);
    },
  );
  return { dims, data: shares };
}

/** The cosine of each row of one matrix with that of the other; none where their shapes differ. */
export function rowCosines(actual: Numbers | undefined, expected: Numbers): readonly number[] {
  if (actual?.dims.join() !== expected.dims.join()) return [];
  const [rows = 0, columns = 0] = expected.dims;
  const dot = (one: readonly number[], other: readonly number[]): number =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? Number.NaN), 0);
  return Array.from({ length: rows }, (_, row) => {
    const [start, end] = [row * columns, (row + 1) * columns];
    const [a, b] = [actual.data.slice(start, end), expected.data.slice(start, end)];
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  });
}

/** All outputs of a graph: the embedding, and of each task what our engine says. */
export function expectOutputs(
  actual: Readonly<Record<string, Numbers>>,
  { outputs }: Answers,
  precision: keyof typeof TOLERANCE = 'fp32',
): void {
  for (const [name, values] of Object.entries(outputs)) {
    if (name !== 'input_ids') expect(gapBetween(actual[name], values), name).toBeLessThanOrEqual(TOLERANCE[precision]);
  }
  for (const task of ['intent', 'mood']) {
    const [logits, scores] = [actual[`logits_${task}`], outputs[`probabilities_${task}`]];
    if (logits === undefined || scores === undefined) expect.unreachable(`there are no logits of ${task}`);
    expect(gapBetween(softmax(logits), scores), `softmax of logits_${task}`).toBeLessThanOrEqual(TOLERANCE[precision]);
  }
}
