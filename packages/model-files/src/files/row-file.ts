import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { explainSystemError, narrowToHalf, widenFromHalf } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** Rows of floats of different lengths in one file, at places that their lengths give. The file goes with `dispose`. */
export interface RowFile {
  /** @throws ModelFileError where the disk is full, … */
  readonly write: (row: number, data: Float32Array) => void;
  /** Reads a row into `target`, which has its length. @throws ModelFileError where it cannot be read */
  readonly readInto: (row: number, target: Float32Array) => void;
  readonly dispose: () => Promise<void>;
}

export interface RowFileOptions {
  /** How numbers stand in the file: `float16` takes half the space and keeps three digits. */
  readonly precision?: 'float32' | 'float16';
}

/** Where each row begins, in elements, and where the last ends. */
function rowOffsets(lengths: readonly number[]): Float64Array {
  const offsets = new Float64Array(lengths.length + 1);
  lengths.forEach((length, row) => {
    offsets[row + 1] = (offsets[row] ?? 0) + length;
  });
  return offsets;
}

function explained<T>(path: string, doing: 'read' | 'write', work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new ModelFileError(`cannot ${doing} ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

type Transfer = (file: number, bytes: Uint8Array, offset: number, length: number, position: number) => number;

/** Reads or writes all of some bytes: a system call may take a part of them. @throws {Error} where one takes none */
function wholly(bytes: Uint8Array, position: number, transfer: Transfer, file: number): void {
  for (let done = 0; done < bytes.length;) {
    const moved = transfer(file, bytes, done, bytes.length - done, position + done);
    if (moved === 0) throw new Error(`it ends at byte ${position + done}, in the middle of a row`);
    done += moved;
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/**
 * Makes a file for rows of these lengths. It is a scratch file, in the byte order of this machine.
 *
 * @throws ModelFileError where it cannot be made
 */
export function createRowFile(path: string, lengths: readonly number[], options: RowFileOptions = {}): RowFile {
  const { precision = 'float32' } = options;
  const offsets = rowOffsets(lengths);
  const size = precision === 'float32' ? 4 : 2;
  const file = explained(path, 'write', () => {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'w+');
  });
  const placeOf = (row: number): number => (offsets[row] ?? 0) * size;
  return {
    write: (row, data) => {
      const halves = new Uint16Array(precision === 'float16' ? data.length : 0);
      if (precision === 'float16') narrowToHalf(data, halves);
      const bytes = bytesOf(precision === 'float16' ? halves : data);
      explained(path, 'write', () => wholly(bytes, placeOf(row), writeSync, file));
    },
    readInto: (row, target) => {
      const halves = new Uint16Array(precision === 'float16' ? target.length : 0);
      const bytes = bytesOf(precision === 'float16' ? halves : target);
      explained(path, 'read', () => wholly(bytes, placeOf(row), readSync, file));
      if (precision === 'float16') widenFromHalf(halves, target);
    },
    dispose: async () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}
