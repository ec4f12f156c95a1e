import { createHash, type Hash } from 'node:crypto';
import type { RemoteFile } from './model-info.ts';

/** A running hash of a file of a known size: SHA-256, or SHA-1 with git's header of a blob. */
export function startChecksum({ checksum, bytes }: RemoteFile): Hash {
  return checksum.length === 64 ? createHash('sha256') : createHash('sha1').update(`blob ${bytes}\0`);
}
