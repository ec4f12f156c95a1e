import { getEventListeners } from 'node:events';
import { ArgumentError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { TextInputError } from '@sentence-mtl/tokenizer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quantizationRanges } from './quantize-embeddings.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

const FOLDER = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const engine = await onnxruntimeEngine({ threads: 1 });
let encoder: SentenceEncoder;
beforeAll(async () => {
  encoder = await SentenceEncoder.load(FOLDER, { engine });
});
afterAll(() => engine.dispose());

const textAt = (row: number): string => `${'good '.repeat(row % 7)}day ${row}`;

test('a stream gives what encode gives, in order, and reads no further ahead than a window', async () => {
  let read = 0;
  let furthest = 0;
  async function* source(): AsyncGenerator<string> {
    for (; read < 2500; read++) yield textAt(read);
  }
  const rows: number[] = [];
  const values: number[] = [];
  for await (const { row, text, embedding } of encoder.encodeStream(source())) {
    expect(text).toBe(textAt(row));
    rows.push(row);
    values.push(...embedding);
    furthest = Math.max(furthest, read - row);
  }
  expect(rows).toEqual(Array.from({ length: 2500 }, (_, row) => row));
  expect(furthest).toBeLessThanOrEqual(1025);
  const { data } = await encoder.encode(rows.map(textAt));
  expect(values.length).toBe(data.length);
  values.forEach((value, index) => expect(Math.abs(value - (data[index] ?? Number.NaN))).toBeLessThan(1e-5));
});

test('long texts make small windows', async () => {
  let read = 0;
  function* source(): Generator<string> {
    for (; read < 12; read++) yield 'a '.repeat(500_000);
  }
  let furthest = 0;
  for await (const { row } of encoder.encodeStream(source())) furthest = Math.max(furthest, read - row);
  expect(furthest).toBeLessThanOrEqual(5);
});

test('a stream that is left early tells its source', async () => {
  let ended = false;
  async function* source(): AsyncGenerator<string> {
    try {
      for (;;) yield 'good';
    } finally {
      ended = true;
    }
  }
  for await (const { row } of encoder.encodeStream(source())) if (row === 3) break;
  expect(ended).toBe(true);
});

test('a signal ends a stream whose source has nothing to give', async () => {
  const controller = new AbortController();
  async function* source(): AsyncGenerator<string> {
    yield 'good';
    await new Promise(() => undefined);
  }
  const first = encoder.encodeStream(source(), { signal: controller.signal }).next();
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(first).rejects.toThrow('enough');
});

test('a signal is let go of where the stream ends', async () => {
  const { signal } = new AbortController();
  for await (const { row } of encoder.encodeStream(['good', 'day'], { signal })) expect(row).toBeLessThan(2);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an error of the source is thrown as it is', async () => {
  async function* source(): AsyncGenerator<string> {
    yield 'good';
    throw new Error('the disk is gone');
  }
  await expect(encoder.encodeStream(source()).next()).rejects.toThrow('the disk is gone');
});

test('what is no text is refused with its row in the stream', async () => {
  function* source(): Generator<string> {
    for (let row = 0; row < 1500; row++) yield row === 1400 ? (7 as unknown as string) : 'good';
  }
  const rows: number[] = [];
  const streaming = (async () => {
    for await (const { row } of encoder.encodeStream(source())) rows.push(row);
  })();
  await expect(streaming).rejects.toThrow('row 1400: the input is 7; a text is needed');
  await expect(streaming).rejects.toBeInstanceOf(TextInputError);
  expect(rows.length).toBe(1024);
});

test('int8 needs ranges, which a stream cannot know', async () => {
  await expect(encoder.encodeStream(['a'], { precision: 'int8' }).next()).rejects.toThrow(ArgumentError);
  const ranges = quantizationRanges(await encoder.encode(['good', 'day', 'a']));
  const { value } = await encoder.encodeStream(['a'], { precision: 'int8', ranges }).next();
  expect(value?.embedding).toBeInstanceOf(Int8Array);
});
