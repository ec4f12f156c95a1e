// What a run is made of, as hashes and names: a checkpoint is gone on with only by a run that is made of the same.
import { createHash } from 'node:crypto';
import type { Parameters } from '@sentence-mtl/core';
import { CheckpointError } from '../errors.ts';
import type { Example } from '../batch/example.ts';

/** A part of a run (`settings`, `training data`, `frozen parameters`) to what it is. */
export type Fingerprint = Readonly<Record<string, string>>;

function hashed(update: (add: (bytes: string | Uint8Array) => void) => void): string {
  const hash = createHash('sha256');
  update((bytes) => hash.update(bytes));
  return hash.digest('hex');
}

/** JSON with the keys of all objects in order. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export function hashOfJson(value: unknown): string {
  return hashed((add) => add(canonicalJson(value) ?? 'undefined'));
}

export function hashOfExamples(examples: readonly Example[]): string {
  return hashed((add) => {
    for (const { texts, labels } of examples) add(`${JSON.stringify(texts)}${canonicalJson(labels)}\n`);
  });
}

export function hashOfParameters(parameters: Parameters, takes: (path: string) => boolean): string {
  return hashed((add) => {
    for (const [path, { shape, data }] of parameters) {
      if (!takes(path)) continue;
      add(`${path}(${shape.join()})`);
      add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
  });
}

/** @throws CheckpointError that lists what of the run differs */
export function checkFingerprint(found: Fingerprint, expected: Fingerprint, place: string): void {
  const names = new Set([...Object.keys(found), ...Object.keys(expected)]);
  const different = [...names].filter((name) => found[name] !== expected[name]);
  if (different.length === 0) return;
  const words = different.map((name) => {
    const [then, now] = [found[name] ?? 'nothing', expected[name] ?? 'nothing'];
    return then.length > 60 || now.length > 60 ? name : `${name} (${then} then, ${now} now)`;
  });
  throw new CheckpointError(
    `${place} is of another run: ${words.join(', ')} differ${different.length === 1 ? 's' : ''}; go on with what the run was begun with, or begin a new run in another folder`,
  );
}
