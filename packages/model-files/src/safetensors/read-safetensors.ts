import { open, type FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { checkHeaderLength, parseHeader, type SafetensorsHeader, type TensorPlace } from './header.ts';
import { widenBf16, widenF16 } from './widen.ts';

/** An open safetensors file. */
export interface SafetensorsFile extends SafetensorsHeader {
  readonly path: string;
  /**
   * Reads a tensor of dtype F32, F16 or BF16 into memory of the caller, widened to float32.
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
  const widen = dtype === 'F16' ? widenF16 : widenBf16;
  const chunk = new Uint16Array(Math.min(target.length, CHUNK_BYTES / 2));
  for (let done = 0; done < target.length; done += chunk.length) {
    const part = chunk.subarray(0, Math.min(chunk.length, target.length - done));
    await fill(file, new Uint8Array(part.buffer, 0, part.byteLength), begin + 2 * done, path);
    widen(part, target.subarray(done, done + part.length));
  }
}

async function readFloats(
  file: FileHandle,
  name: string,
  place: TensorPlace,
  target: Float32Array,
  path: string,
): Promise<void> {
  const size = place.shape.reduce((product, each) => product * each, 1);
  if (target.length !== size) {
    throw new ModelFileError(
      `${path}: tensor "${name}" of shape (${place.shape.join(', ')}) has ${size} elements; there is room for ${target.length}`,
    );
  }
  if (place.dtype === 'F16' || place.dtype === 'BF16') return widenInto(file, place, target, path);
  if (place.dtype !== 'F32') {
    throw new ModelFileError(
      `${path}: tensor "${name}" is of dtype ${place.dtype}; F32, F16 and BF16 are read as numbers`,
    );
  }
  return fill(file, new Uint8Array(target.buffer, target.byteOffset, target.byteLength), place.begin, path);
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
    const placeOf = (name: string): TensorPlace => {
      const place = header.tensors.get(name);
      if (place === undefined) throw new ModelFileError(`${path} has no tensor "${name}"`);
      return place;
    };
    return {
      ...header,
      path,
      readFloats: async (name, target) => readFloats(file, name, placeOf(name), target, path),
      readBytes: async (name) => {
        const { begin, end } = placeOf(name);
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
