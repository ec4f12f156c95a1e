// `heads/<task>/config.json` and, where the head has parameters, `model.safetensors`.
import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { pathInside } from '../files/path-inside.ts';
import { readJsonObject, type JsonRecord } from '../files/read-json.ts';
import { temporarySibling, writeAtomically } from '../files/write-atomically.ts';
import { writeSafetensors, type StoredTensor } from '../safetensors/write-safetensors.ts';
import { TASK_MANIFEST } from './task-manifest.ts';

/** A head as it is to be written. */
export interface HeadFiles {
  readonly config: JsonRecord;
  readonly weights: ReadonlyMap<string, StoredTensor>;
}

/** The folder of a task's head. @throws ModelFileError where the name leads out of the model's folder */
export const headFolder = (folder: string, task: string): string =>
  pathInside(join(folder, 'heads'), task, TASK_MANIFEST);

/** @throws ModelFileError where the file is missing or broken */
export async function readHeadConfig(folder: string, task: string): Promise<JsonRecord> {
  return readJsonObject(join(headFolder(folder, task), 'config.json'));
}

async function changing(path: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError(`cannot write ${path}: ${explainSystemError(error)}`, { cause: error });
  }
}

/** Writes a head's files; it is of the model once the manifest lists it. @throws ModelFileError where it cannot */
export async function writeHead(folder: string, task: string, { config, weights }: HeadFiles): Promise<void> {
  const head = headFolder(folder, task);
  await removeHead(folder, task);
  if (weights.size > 0) await writeSafetensors(join(head, 'model.safetensors'), weights);
  await writeAtomically(join(head, 'config.json'), `${JSON.stringify(config, null, 2)}\n`);
}

/** Removes a head's files, once the manifest no longer lists it. @throws ModelFileError where it cannot */
export async function removeHead(folder: string, task: string): Promise<void> {
  const head = headFolder(folder, task);
  await changing(head, async () => rm(head, { recursive: true, force: true }));
}

/** Copies a head's files under another name, whole or not at all. @throws ModelFileError where it cannot */
export async function copyHead(folder: string, from: string, to: string): Promise<void> {
  const [source, target] = [headFolder(folder, from), headFolder(folder, to)];
  const temporary = temporarySibling(target);
  await changing(target, async () => {
    try {
      await cp(source, temporary, { recursive: true });
      await rm(target, { recursive: true, force: true });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  });
}
