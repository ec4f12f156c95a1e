import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { explainSystemError, sizeOfShape, widenFromHalf } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { checkHeaderLength, parseHeader, type SafetensorsHeader, type TensorPlace } from './header.ts';
import { scalesOf, widenRows } from './row-scales.ts';
import { widenBf16 } from './widen.ts';

/** An open safetensors file. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly path: string;
  /**
   * Reads a tensor of dtype F32, F16, BF16 or I8 with scales (row-scales.ts) into memory of the caller, widened to
   * float32.
   *
   * @throws ModelFileError where there is no such tensor, it is of another dtype or size, or the file cannot be read
   */
  readonly readFloats: (name: string, target: Float32Array) => Promise<void>;
  /** Reads the bytes of a tensor of any dtype. @throws ModelFileError as above */
  readonly readBytes: (name: string) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Half-precision tensors pass through this many bytes at a time. */
const CHUNK_BYTES = 1 << 20;

async function fill(file: FileHandle, target: Uint8Array, position: number, path: string): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) throw new ModelFileError(`${path} became shorter while it was read; fetch or copy it again`);
    done += bytesRead;
  }
}

async function readHeader(file: FileHandle, path: string): Promise<SafetensorsHeader> {
  if (endianness() === 'BE')
    throw new ModelFileError(`${path}: this machine is big-endian; safetensors is read on little-endian ones`);
  const { size } = await file.stat();
  if (size < 8) throw new ModelFileError(`${path} has ${size} bytes; a safetensors file has at least 8`);
  const first = new Uint8Array(8);
  await fill(file, first, 0, path);
  const length = checkHeaderLength(new DataView(first.buffer).getBigUint64(0, true), size, path);
  const header = new Uint8Array(length);
  await fill(file, header, 8, path);
  return parseHeader(new TextDecoder().decode(header), 8 + length, size, path);
}

/** Widens a tensor of 16-bit numbers chunk by chunk, so that it never stands in memory twice. */
async function widenInto(
  file: FileHandle,
  { begin, dtype }: TensorPlace,
  target: Float32Array,
  path: string,
): Promise<void> {
  const widen = dtype === 'F16' ? widenFromHalf : widenBf16;
  const chunk = new Uint16Array(Math.min(target.length, CHUNK_BYTES / 2));
  for (let done = 0; done < target.length; done += chunk.length) {
    const part = chunk.subarray(0, Math.min(chunk.length, target.length - done));
    await fill(file, new Uint8Array(part.buffer, 0, part.byteLength), begin + 2 * done, path);
    widen(part, target.subarray(done, done + part.length));
  }
}

/** Int8 rows are read into the last quarter of the target and widened from the front: they take no memory of their own. */
async function scaleInto(
  file: FileHandle,
  matrix: TensorPlace,
  scales: TensorPlace,
  target: Float32Array,
  path: string,
): Promise<void> {
  const factors = new Float32Array(scales.shape[0] ?? 0);
  await fill(file, new Uint8Array(factors.buffer), scales.begin, path);
  const { buffer, byteOffset, length } = target;
  await fill(file, new Uint8Array(buffer, byteOffset + 3 * length, length), matrix.begin, path);
  widenRows(new Int8Array(buffer, byteOffset + 3 * length, length), factors, target);
}

function placeOf({ tensors }: SafetensorsHeader, name: string, path: string): TensorPlace {
  const place = tensors.get(name);
  if (place === undefined) throw new ModelFileError(`${path} has no tensor "${name}"`);
  return place;
}

async function readFloats(
  file: FileHandle,
  name: string,
  header: SafetensorsHeader,
  target: Float32Array,
  path: string,
): Promise<void> {
  const place = placeOf(header, name, path);
  const size = sizeOfShape(place.shape);
  if (target.length !== size) {
    throw new ModelFileError(
      `${path}: tensor "${name}" of shape (${place.shape.join(', ')}) has ${size} elements; there is room for ${target.length}`,
    );
  }
  switch (place.dtype) {
    case 'F32':
      return fill(file, new Uint8Array(target.buffer, target.byteOffset, target.byteLength), place.begin, path);
    case 'F16':
    case 'BF16':
      return widenInto(file, place, target, path);
    case 'I8':
      return scaleInto(file, place, placeOf(header, scalesOf(name, header.tensors, path), path), target, path);
    default:
      throw new ModelFileError(
        `${path}: tensor "${name}" is of dtype ${place.dtype}; F32, F16, BF16 and I8 with scales are read as numbers`,
      );
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw new ModelFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/**
 * Opens a safetensors file and checks its header. Its data is read tensor by tensor, straight into the caller's memory.
 *
 * @throws ModelFileError where it is missing, cut off or broken
 */
export async function openSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await openFile(path);
  try {
    const header = await readHeader(file, path);
    return {
      ...header,
      path,
      readFloats: async (name, target) => readFloats(file, name, header, target, path),
      readBytes: async (name) => {
        const { begin, end } = placeOf(header, name, path);
        const bytes = new Uint8Array(end - begin);
        await fill(file, bytes, begin, path);
        return bytes;
      },
      close: async () => file.close(),
    };
  } catch (error) {
    await file.close();
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}
