import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { openSafetensors } from './read-safetensors.ts';
import { writeSafetensors, type StoredTensor } from './write-safetensors.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const nano = new URL('../../fixtures/nano-bert/model.safetensors', import.meta.url).pathname;

function fileOf(header: unknown, dataBytes = 0, claimed?: bigint): string {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true);
  bytes.set(json, 8);
  const path = join(folder, 'broken.safetensors');
  writeFileSync(path, bytes);
  return path;
}

async function readAll(path: string): Promise<Map<string, StoredTensor>> {
  const file = await openSafetensors(path);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { shape, dtype }] of file.tensors) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    await file.readFloats(name, data);
    tensors.set(name, { dtype: dtype === 'I8' ? 'I8' : 'F32', shape, data });
  }
  await file.close();
  return tensors;
}

test('a file that Python wrote is written again byte for byte', async () => {
  const tensors = await readAll(nano);
  expect(tensors.size).toBeGreaterThan(10);
  const copy = join(folder, 'copy.safetensors');
  await writeSafetensors(copy, [...tensors].toReversed());
  expect(readFileSync(copy).equals(readFileSync(nano))).toBe(true);
});

test('what is written is read back, whatever the names and shapes', { timeout: 60_000 }, async () => {
  const shape = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 });
  const tensor = shape.chain((sizes) => {
    const length = sizes.reduce((product, size) => product * size, 1);
    return fc.record({
      shape: fc.constant(sizes),
      dtype: fc.constantFrom('F32' as const, 'I8' as const),
      values: fc.array(fc.float(), { minLength: length, maxLength: length }),
    });
  });
  const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
  await fc.assert(
    fc.asyncProperty(fc.dictionary(name, tensor), async (tensors) => {
      const path = join(folder, 'round.safetensors');
      const stored = Object.entries(tensors).map(([key, { dtype, shape: sizes, values }]) => {
        const data = dtype === 'F32' ? Float32Array.from(values) : Int8Array.from(values);
        return [key, { dtype, shape: sizes, data }] as const;
      });
      await writeSafetensors(path, stored, { note: 'x' });
      const file = await openSafetensors(path);
      expect(file.metadata).toEqual({ format: 'pt', note: 'x' });
      expect([...file.tensors.keys()].toSorted()).toEqual(Object.keys(tensors).toSorted());
      for (const [key, { data, shape: sizes, dtype }] of stored) {
        expect(file.tensors.get(key)).toMatchObject({ dtype, shape: sizes });
        expect(Buffer.from(await file.readBytes(key)).equals(Buffer.from(data.buffer))).toBe(true);
      }
      await file.close();
    }),
    { numRuns: 60 },
  );
});

describe('half precision is widened exactly', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, i) => i);
  async function widened(dtype: string): Promise<Float32Array> {
    const path = fileOf({ x: { dtype, shape: [256, 256], data_offsets: [0, 131_072] } }, 131_072);
    const bytes = readFileSync(path);
    bytes.set(new Uint8Array(halves.buffer), bytes.length - 131_072);
    writeFileSync(path, bytes);
    const file = await openSafetensors(path);
    const target = new Float32Array(65_536);
    await file.readFloats('x', target);
    await file.close();
    return target;
  }

  test('F16, by its definition', async () => {
    const target = await widened('F16');
    const value = (bits: number): number => {
      const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
      if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
      return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
    };
    expect(halves.every((bits) => Object.is(target[bits], value(bits)))).toBe(true);
  });

  test('BF16, the upper half of a float32', async () => {
    const target = new Uint32Array((await widened('BF16')).buffer);
    expect(halves.every((bits) => target[bits] === bits * 65_536)).toBe(true);
  });
});

describe('a broken file is a clear error before anything is allocated', () => {
  const f32 = (begin: number, end: number, shape: unknown = [(end - begin) / 4]) => ({
    dtype: 'F32',
    shape,
    data_offsets: [begin, end],
  });
  test.each<[string, string | object, number, RegExp]>([
    [
      'cut off',
      { a: f32(0, 16) },
      8,
      /is cut off: tensor "a" ends at byte \d+, the file has \d+; fetch or copy it again/,
    ],
    ['terabytes of data', { a: f32(0, 4e12) }, 8, /is cut off: tensor "a"/],
    ['overlap', { a: f32(0, 16), b: f32(8, 24) }, 24, /tensor "b" overlaps tensor "a"/],
    ['gap', { a: f32(0, 8), b: f32(16, 24) }, 24, /8 bytes before tensor "b" belong to no tensor/],
    ['bytes behind', { a: f32(0, 8) }, 24, /16 bytes after the last tensor/],
    [
      'shape and bytes differ',
      { a: f32(0, 16, [5]) },
      16,
      /shape \(5\) and dtype F32 has 20 bytes, but its offsets span 16/,
    ],
    ['huge shape', { a: f32(0, 16, [2 ** 40, 2 ** 40]) }, 16, /offsets span 16/],
    ['negative size', { a: f32(0, 16, [-4]) }, 16, /broken shape/],
    ['fraction', { a: f32(0.5, 16.5, [4]) }, 16, /broken data_offsets/],
    ['backwards', { a: { dtype: 'F32', shape: [], data_offsets: [8, 4] } }, 8, /broken data_offsets/],
    [
      'unknown dtype',
      { a: { dtype: 'constructor', shape: [], data_offsets: [0, 0] } },
      0,
      /unknown dtype "constructor"/,
    ],
    [
      'twice',
      '{"a":{"dtype":"I8","shape":[0],"data_offsets":[0,0]},"\\u0061":{"dtype":"I8","shape":[0],"data_offsets":[0,0]}}',
      0,
      /tensor "a" stands twice/,
    ],
    ['no JSON', '{"a":', 0, /header is not JSON/],
    ['a list', '[]', 0, /not a JSON object/],
    ['metadata', { __metadata__: { a: 1 } }, 0, /__metadata__/],
  ])('%s', async (_, header, bytes, message) => {
    const open = openSafetensors(fileOf(header, bytes));
    await expect(open).rejects.toThrow(ModelFileError);
    await expect(open).rejects.toThrow(message);
    await expect(open).rejects.toThrow('broken.safetensors');
  });

  test.each([2n ** 64n - 1n, 2n ** 42n, 200_000_000n, 1000n])('a header of %i bytes', async (length) => {
    await expect(openSafetensors(fileOf('{}', 0, length))).rejects.toThrow(/its header claims \d+ bytes, but/);
  });

  test('a missing file, a folder, a tiny file', async () => {
    await expect(openSafetensors(join(folder, 'none'))).rejects.toThrow(/none: it does not exist/);
    await expect(openSafetensors(folder)).rejects.toThrow(/it is a folder/);
    writeFileSync(join(folder, 'tiny'), 'abc');
    await expect(openSafetensors(join(folder, 'tiny'))).rejects.toThrow(/has 3 bytes/);
  });

  test('any change of bytes in the header gives a file or an error of ours', { timeout: 60_000 }, async () => {
    const original = readFileSync(nano);
    const headerEnd = 8 + original.readUInt32LE(0);
    const change = fc.tuple(fc.nat(headerEnd - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat(original.length)),
        async (changes, cut) => {
          const bytes = Buffer.from(original.subarray(0, cut ?? original.length));
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          const path = join(folder, 'mutated.safetensors');
          writeFileSync(path, bytes);
          try {
            const file = await openSafetensors(path);
            for (const [name, { begin, end }] of file.tensors)
              expect((await file.readBytes(name)).length).toBe(end - begin);
            await file.close();
          } catch (error) {
            expect(error).toBeInstanceOf(ModelFileError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a tensor of another kind, size or name is an error', async () => {
  const path = join(folder, 'kinds.safetensors');
  await writeSafetensors(path, [
    ['a', { dtype: 'I8', shape: [2], data: Int8Array.of(1, -1) }],
    ['b', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }],
  ]);
  const file = await openSafetensors(path);
  expect([...file.tensors.keys()]).toEqual(['b', 'a']);
  await expect(file.readFloats('a', new Float32Array(2))).rejects.toThrow(/"a" is of dtype I8/);
  await expect(file.readFloats('b', new Float32Array(2))).rejects.toThrow(/has 1 elements; there is room for 2/);
  await expect(file.readFloats('c', new Float32Array(2))).rejects.toThrow(/has no tensor "c"/);
  await file.close();
});

test('tensors that do not fit are not written', async () => {
  const path = join(folder, 'unwritten.safetensors');
  const tensor = { dtype: 'F32', shape: [2], data: Float32Array.of(1) } as const;
  await expect(writeSafetensors(path, [['a', tensor]])).rejects.toThrow(
    /tensor "a" of shape \(2\).* does not fit its 1 elements/,
  );
  const fine = { ...tensor, shape: [1] };
  await expect(
    writeSafetensors(path, [
      ['a', fine],
      ['a', fine],
    ]),
  ).rejects.toThrow(/"a" is given twice/);
  await expect(openSafetensors(path)).rejects.toThrow(/does not exist/);
});
