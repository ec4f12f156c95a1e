import type { FileHandle } from 'node:fs/promises';
import { ModelFileError } from '../errors.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { bytesOf } from './data-type.ts';
import { LONGEST_HEADER } from './header.ts';

/** A tensor to write. */
export interface StoredTensor {
  readonly dtype: 'F32' | 'I8';
  readonly shape: readonly number[];
  /** Float32Array for F32, Int8Array for I8; row-major. */
  readonly data: Float32Array | Int8Array;
}

type Named = readonly [name: string, tensor: StoredTensor];

/** Data of large tensors goes to the disk in pieces of this size. */
const PIECE_BYTES = 16 << 20;

function check(name: string, { dtype, shape, data }: StoredTensor, path: string): void {
  const size = shape.reduce((product, each) => product * each, 1);
  const fits = dtype === 'F32' ? data instanceof Float32Array : data instanceof Int8Array;
  if (name === '__metadata__') throw new ModelFileError(`${path}: a tensor cannot be named __metadata__`);
  if (fits && size === data.length && shape.every((each) => Number.isSafeInteger(each) && each >= 0)) return;
  throw new ModelFileError(
    `${path}: tensor "${name}" of shape (${shape.join(', ')}) and dtype ${dtype} does not fit its ${data.length} elements in a ${data.constructor.name}`,
  );
}

/** Wide types first, so that all are aligned; then by name: the order of the reference implementation. */
function inFileOrder(tensors: Iterable<Named>): readonly Named[] {
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...tensors].toSorted(([a, x], [b, y]) => bytesOf(y.dtype) - bytesOf(x.dtype) || byName(a, b));
}

function headerBytes(tensors: readonly Named[], metadata: Readonly<Record<string, string>>, path: string): Uint8Array {
  let end = 0;
  const entries = tensors.map(([name, { dtype, shape, data }]): readonly [string, unknown] => {
    const begin = end;
    end += data.byteLength;
    return [name, { dtype, shape, data_offsets: [begin, end] }];
  });
  // Built entry by entry: an object would put names like "1" first.
  const fields = [['__metadata__', metadata] as const, ...entries];
  const json = `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  const text = new TextEncoder().encode(json);
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  if (padded.length <= LONGEST_HEADER) return padded;
  throw new ModelFileError(
    `${path}: its header would have ${padded.length} bytes; at most ${LONGEST_HEADER} are allowed`,
  );
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; done += PIECE_BYTES) {
    await file.writeFile(bytes.subarray(done, done + PIECE_BYTES));
  }
}

/**
 * Writes tensors to a safetensors file, whole or not at all; the same tensors give the same bytes, in whatever order
 * they come. `__metadata__` has `format: "pt"` unless another is given, without which Python's transformers refuses it.
 *
 * @throws ModelFileError where a tensor's data does not fit its shape, or the file cannot be written
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<Named>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const ordered = inFileOrder(tensors);
  ordered.forEach(([name, tensor], index) => {
    check(name, tensor, path);
    if (ordered[index - 1]?.[0] === name) throw new ModelFileError(`${path}: tensor "${name}" is given twice`);
  });
  const header = headerBytes(ordered, { format: 'pt', ...metadata }, path);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  await writeAtomically(path, async (file) => {
    await file.writeFile(length);
    await file.writeFile(header);
    for (const [, { data }] of ordered) {
      await writeAll(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  });
}
