import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';

/** The SHA-256 of a file, in hexadecimal digits. @throws ModelFileError where it cannot be read */
export async function fileChecksum(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  } catch (error) {
    throw new ModelFileError(`cannot read ${path}: ${explainSystemError(error)}`, { cause: error });
  }
  return hash.digest('hex');
}
