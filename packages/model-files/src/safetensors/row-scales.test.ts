import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { openWeights, readWeights } from './open-weights.ts';
import { quantizeRows } from './row-scales.ts';
import { writeSafetensors, type StoredTensor } from './write-safetensors.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'row-scales-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function write(tensors: Readonly<Record<string, StoredTensor>>): Promise<void> {
  await writeSafetensors(join(folder, 'model.safetensors'), Object.entries(tensors));
}

async function readAll(): Promise<Readonly<Record<string, readonly number[]>>> {
  const weights = await openWeights(folder);
  const read: Record<string, Float32Array> = {};
  try {
    await readWeights(weights, (name, shape) => {
      // Inside a larger buffer, as parameters are; what stands around it must stay.
      const size = shape.reduce((product, each) => product * each, 1);
      const memory = new Float32Array(size + 2).fill(7);
      return (read[name] = memory.subarray(1, size + 1));
    });
  } finally {
    await weights.close();
  }
  for (const { buffer } of Object.values(read)) {
    const around = new Float32Array(buffer);
    expect([around[0], around.at(-1)]).toEqual([7, 7]);
  }
  return Object.fromEntries(Object.entries(read).map(([name, data]) => [name, [...data]]));
}

test('int8 rows are widened by their scales, and the scales are no weights of the model', async () => {
  await write({
    x: { dtype: 'I8', shape: [2, 3], data: Int8Array.of(-127, 0, 5, 1, -1, 127) },
    'x.scale': { dtype: 'F32', shape: [2], data: Float32Array.of(0.5, 2) },
    bias: { dtype: 'F32', shape: [2], data: Float32Array.of(3, 4) },
    'bias.scale': { dtype: 'F32', shape: [1], data: Float32Array.of(9) },
  });
  expect(await readAll()).toEqual({ x: [-63.5, 0, 2.5, 2, -2, 254], bias: [3, 4], 'bias.scale': [9] });
});

test('a matrix comes back within half a scale of each row, and its zeros exactly', async () => {
  const number = fc.float({ noNaN: true, noDefaultInfinity: true });
  const matrix = fc.tuple(fc.nat(5), fc.nat(5)).chain(([rows, columns]) =>
    fc.record({
      shape: fc.constant([rows, columns] as const),
      values: fc.array(number, { minLength: rows * columns, maxLength: rows * columns }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(matrix, async ({ shape, values }) => {
      const [rows, columns] = shape;
      await write(Object.fromEntries(quantizeRows('x', shape, Float32Array.from(values))));
      const { x = [] } = await readAll();
      expect(x.length).toBe(values.length);
      for (let row = 0; row < rows; row++) {
        const part = values.slice(row * columns, (row + 1) * columns);
        const scale = Math.fround(Math.max(0, ...part.map(Math.abs)) / 127);
        // Float32 rounds the product, and scales below its normal numbers.
        const allowed = (scale / 2) * (1 + 1e-4) + 127 * 2 ** -149;
        part.forEach((value, column) => {
          const got = x[row * columns + column] ?? Number.NaN;
          expect(Math.abs(got - value)).toBeLessThanOrEqual(allowed);
          if (value === 0) expect(Math.abs(got)).toBe(0);
        });
      }
    }),
    { numRuns: 200 },
  );
});

test('what was quantized and is quantized again is the same, so that saving twice changes nothing', async () => {
  const data = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i) * (i + 1));
  const once = quantizeRows('x', [5, 8], data);
  await write(Object.fromEntries(once));
  const { x = [] } = await readAll();
  expect(quantizeRows('x', [5, 8], Float32Array.from(x))[0]?.[1].data).toEqual(once[0]?.[1].data);
});

describe('what does not fit is an error', () => {
  const matrix = { dtype: 'I8', shape: [2, 3], data: new Int8Array(6) } as const;
  const vector = { dtype: 'I8', shape: [2], data: new Int8Array(2) } as const;
  const floats = (...shape: readonly number[]): StoredTensor => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
  });
  test.each<[string, Record<string, StoredTensor>, RegExp]>([
    ['no scales', { x: matrix }, /"x" is I8 \(2, 3\) without scales; they are expected as "x\.scale", F32 \(2\)/],
    ['too many scales', { x: matrix, 'x.scale': floats(3) }, /"x\.scale" is F32 \(3\).* are F32 \(2\)/],
    ['a scale for each column', { x: matrix, 'x.scale': floats(1, 3) }, /"x\.scale" is F32 \(1, 3\).* are F32 \(2\)/],
    ['a scale for all', { x: matrix, 'x.scale': floats() }, /"x\.scale" is F32 \(\)/],
    ['scales of int8', { x: matrix, 'x.scale': vector }, /"x\.scale" is I8 \(2\)/],
    ['no matrix', { x: vector, 'x.scale': floats(2) }, /"x" is of dtype I8 and no matrix/],
  ])('%s', async (_, tensors, message) => {
    await write(tensors);
    await expect(readAll()).rejects.toThrow(ModelFileError);
    await expect(readAll()).rejects.toThrow(message);
    await expect(readAll()).rejects.toThrow('model.safetensors');
  });

  test('a vector, another size, a number that is not finite', () => {
    expect(() => quantizeRows('x', [3], new Float32Array(3))).toThrow(ArgumentError);
    expect(() => quantizeRows('x', [2, 2], new Float32Array(3))).toThrow(/with 3 elements is no matrix/);
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => quantizeRows('x', [2, 1], Float32Array.of(0, value))).toThrow(/"x": row 1 has a number that is not/);
    }
  });
});
