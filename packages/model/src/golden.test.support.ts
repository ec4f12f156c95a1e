import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ARCHITECTURES } from '@sentence-mtl/encoder';
import { openSafetensors } from '@sentence-mtl/model-files';

const ROOT = resolve(import.meta.dirname, '../../..');
export const SHARED: string = resolve(ROOT, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared');
const GOLDEN = resolve(SHARED, 'golden');

/** Why tests with the large fixtures cannot run, or undefined. */
export const absence: string | undefined = existsSync(GOLDEN)
  ? undefined
  : 'SKIPPED recorded embeddings: no shared fixtures (SENTENCE_MTL_FIXTURES)';

export const golden = (path: string): string => resolve(GOLDEN, path);

export function goldenJson<T>(path: string): T {
  return JSON.parse(readFileSync(golden(path), 'utf8')) as T;
}

export interface Recorded {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int8Array | Uint8Array;
}

/** The float32 and 8-bit tensors of a recorded file. */
export async function goldenTensors(path: string): Promise<ReadonlyMap<string, Recorded>> {
  const file = await openSafetensors(golden(path));
  const tensors = new Map<string, Recorded>();
  for (const [name, { dtype, shape }] of file.tensors) {
    if (dtype !== 'F32' && dtype !== 'I8' && dtype !== 'U8') continue;
    const bytes = await file.readBytes(name);
    const data =
      dtype === 'F32' ? new Float32Array(bytes.buffer) : dtype === 'I8' ? new Int8Array(bytes.buffer) : bytes;
    tensors.set(name, { shape, data });
  }
  await file.close();
  return tensors;
}

/** The 12 texts of the recorded models. */
export function goldenTexts(model = 'bert'): readonly string[] {
  return goldenJson<{ texts: readonly { text: string }[] }>(`forward/${model}.json`).texts.map(({ text }) => text);
}

/** The largest difference of two arrays of one shape; infinite where the shapes differ or a value is no number. */
export function largestDifference(
  actual: { readonly shape: readonly number[]; readonly data: ArrayLike<number> },
  expected: { readonly shape: readonly number[]; readonly data: ArrayLike<number> } | undefined,
): number {
  if (expected === undefined || actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  let largest = actual.data.length === expected.data.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < expected.data.length; i++) {
    const difference = Math.abs((expected.data[i] ?? Number.NaN) - (actual.data[i] ?? Number.NaN));
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }
  return largest;
}

/** Every recorded folder that is read here, by name. */
export const goldenPlaces: readonly (readonly [name: string, folder: string])[] =
  absence === undefined
    ? [
        ...[...ARCHITECTURES, 'bert-legacy-names', 'bert-bf16', 'bert-fp16', 'bert-sharded'].map(
          (name) => `models/${name}`,
        ),
        'models/distilbert-sequence-classification',
        ...readdirSync(golden('st/current')).map((name) => `st/current/${name}`),
        ...readdirSync(golden('st/legacy')).map((name) => `st/legacy/${name}`),
      ].map((path) => [path, golden(path)] as const)
    : [];
