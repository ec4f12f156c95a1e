import { Random } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { allocateArena, type Arena } from '../arena.ts';
import type { AdamCoefficients, Kernels } from './kernels.ts';

const LENGTH = 2_080;
const entries = [{ path: 'x', shape: [LENGTH], slots: ['a', 'b', 'c', 'd'] }];
const coefficients: AdamCoefficients = {
  fresh1: 1 - 0.9,
  keep2: 0.999,
  fresh2: 1 - 0.999,
  correction: Math.sqrt(1 - 0.999 ** 3) / (1 - 0.9 ** 3),
  epsilon: 1e-8,
};

/** Numbers of all sizes that gradients have, some zero, some denormal. */
function fill(arena: Arena): void {
  const random = Random.of(3);
  for (const slot of ['a', 'b', 'c', 'd']) {
    const { data } = arena.tensor('x', slot);
    random.split(slot).fillNormal(data);
    data.forEach((value, i) => (data[i] = value * 10 ** -(i % 47)));
    data.fill(0, 100, 110);
    if (slot === 'd') data.forEach((value, i) => (data[i] = Math.abs(value)));
  }
}

type Run = (kernels: Kernels, a: number, b: number, c: number, d: number) => number | void;

const runs: Record<keyof Kernels, Run> = {
  scale: (kernels, a, b) => kernels.scale(a, b, LENGTH, 1 / 3),
  addScaled: (kernels, a, b) => kernels.addScaled(a, b, LENGTH, -0.01),
  clip: (kernels, a) => kernels.clip(a, LENGTH, 1e-3),
  trace: (kernels, a, b, c) => {
    kernels.trace(a, b, LENGTH, 0.9, 1 - 0.1, true);
    kernels.trace(b, c, LENGTH, 0.9, 1, false);
  },
  adam: (kernels, a, _, c, d) => kernels.adam(a, c, d, LENGTH, coefficients),
  adamw: (kernels, a, b, c, d) => {
    kernels.adamw(a, b, c, d, LENGTH, 0.7, Infinity, coefficients, 0.01, -2e-5);
    kernels.adamw(a, b, c, d, LENGTH, 0.7, 0.5, coefficients, 0.01, -2e-5);
  },
  sumOfSquares: (kernels, a) => kernels.sumOfSquares(a, LENGTH),
  addRows: (kernels, a, b, c) => {
    // The ids lie where `a` ends; rows of 13 values are not aligned.
    kernels.addRows(c, a + 4 * (LENGTH - 5), b, 5, 13);
  },
};

function outcome(arena: Arena, run: Run): { result: number | void; bytes: Uint8Array } {
  fill(arena);
  const [a = 0, b = 0, c = 0, d = 0] = ['a', 'b', 'c', 'd'].map((slot) => arena.region('x', slot).address);
  new Int32Array(arena.buffer, a + 4 * (LENGTH - 5), 5).set([3, 0, 3, 159, 3]);
  const result = run(arena.kernels, a, b, c, d);
  return { result, bytes: new Uint8Array(arena.buffer, a, 16 * LENGTH) };
}

test.each(Object.entries(runs))('%s gives the same bits in WebAssembly and in plain JavaScript', (_, run) => {
  // The scratch is shorter than the arrays, so that the plain adamw goes by blocks.
  const wasm = outcome(allocateArena(entries, { kernels: 'wasm', scratchLength: 96 }), run);
  const plain = outcome(allocateArena(entries, { kernels: 'plain', scratchLength: 96 }), run);
  expect(wasm.result).toBe(plain.result);
  expect(Buffer.compare(wasm.bytes, plain.bytes)).toBe(0);
});

describe('by their values', () => {
  const arena = allocateArena([{ path: 'x', shape: [4], slots: ['a', 'b', 'c', 'd'] }]);
  const set = (slot: string, values: readonly number[]): number => {
    arena.tensor('x', slot).data.set(values);
    return arena.region('x', slot).address;
  };
  const values = (slot: string): number[] => [...arena.tensor('x', slot).data];

  test('the sum of squares is taken in float64', () => {
    const a = set('a', [2 ** 70, 3, 0, 1]);
    expect(arena.kernels.sumOfSquares(a, 32)).toBe(2 ** 140 + 10);
    set('a', [2 ** 13, 2 ** -13, 0, 0]);
    expect(arena.kernels.sumOfSquares(a, 32)).toBe(2 ** 26 + 2 ** -26);
  });

  test('clipping keeps what is within the limit, and what is not a number', () => {
    const a = set('a', [3, -3, 0.5, NaN]);
    arena.kernels.clip(a, 32, 2);
    expect(values('a')).toEqual([2, -2, 0.5, NaN]);
  });

  test('rows with the same id are added one after the other', () => {
    const table = set('a', [0, 0, 1, 1]);
    const rows = set('b', [1, 2, 4, 8]);
    const ids = arena.region('x', 'c').address;
    new Int32Array(arena.buffer, ids, 2).set([1, 1]);
    arena.kernels.addRows(table, ids, rows, 2, 2);
    expect(values('a')).toEqual([0, 0, 6, 11]);
  });

  test('a trace keeps a share of itself, and with Nesterov looks one step ahead', () => {
    const [update, trace] = [set('a', [1, -2, 0, 4]), set('b', [2, 2, 2, 0])];
    arena.kernels.trace(update, trace, 32, 0.5, 0.25, true);
    expect(values('b')).toEqual([1.25, 0.5, 1, 1]);
    expect(values('a')).toEqual([1.625, -1.75, 0.5, 4.5]);
  });
});

test('arrays beyond the signed range of addresses are reached', () => {
  // 2.3 GiB are reserved; only the pages that are written take memory.
  const far = allocateArena([{ path: 'x', shape: [300_000_000], slots: ['a', 'b'] }]);
  const b = far.region('x', 'b').address + 4 * 299_999_968;
  expect(b).toBeGreaterThan(2 ** 31);
  far.tensor('x', 'b').data.fill(2, 299_999_968);
  far.kernels.scale(b, b, 32, 1.5);
  far.kernels.addScaled(b, b, 32, 1);
  expect(far.tensor('x', 'b').data[299_999_999]).toBe(6);
  expect(far.kernels.sumOfSquares(b, 32)).toBe(36 * 32);
});
