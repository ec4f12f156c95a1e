// A checkpoint is a folder: the parameters that train, the optimizer's arrays, and state.json with the checksums of both.
// It is written beside its place and renamed, so that a folder of this name is whole.
import { join } from 'node:path';
import type { Parameters } from '@sentence-mtl/core';
import {
  fileChecksum,
  ModelFileError,
  openSafetensors,
  readJsonObject,
  replaceFolder,
  writeAtomically,
  writeSafetensors,
  type StoredTensor,
} from '@sentence-mtl/model-files';
import type { PackedState } from '@sentence-mtl/optim';
import { CheckpointError } from '../errors.ts';
import { hashOfJson, type Fingerprint } from './fingerprint.ts';
import type { TrainerState } from './trainer-state.ts';

const VERSION = 1;
const TENSOR_FILES = ['parameters.safetensors', 'optimizer.safetensors'] as const;

interface StateFile {
  readonly version: typeof VERSION;
  readonly fingerprint: Fingerprint;
  readonly state: TrainerState;
  /** SHA-256 by file name. */
  readonly files: Readonly<Record<string, string>>;
  /** Of all of the above. */
  readonly checksum: string;
}

export interface CheckpointContent {
  readonly fingerprint: Fingerprint;
  readonly state: TrainerState;
  /** The parameters that train in some stage of the run. */
  readonly parameters: Parameters;
  readonly optimizer: PackedState['tensors'];
}

/** `step-000120` */
export const checkpointName = (step: number): string => `step-${String(step).padStart(6, '0')}`;

/** The step of a checkpoint's folder, or undefined where it is no checkpoint. */
export function stepOfName(name: string): number | undefined {
  const digits = /^step-(\d{6,})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const stored = (tensors: Parameters): readonly (readonly [string, StoredTensor])[] =>
  [...tensors].map(([name, { shape, data }]) => [name, { dtype: 'F32', shape, data }] as const);

/** @throws ModelFileError where the disk is full, …; an earlier checkpoint is as it was then */
export async function writeCheckpoint(folder: string, content: CheckpointContent): Promise<void> {
  const { fingerprint, state, parameters, optimizer } = content;
  await replaceFolder(folder, async (into) => {
    const [ofParameters, ofOptimizer] = TENSOR_FILES;
    await writeSafetensors(join(into, ofParameters), stored(parameters));
    await writeSafetensors(join(into, ofOptimizer), stored(optimizer));
    const sums = TENSOR_FILES.map(async (name) => [name, await fileChecksum(join(into, name))] as const);
    const file = { version: VERSION, fingerprint, state, files: Object.fromEntries(await Promise.all(sums)) };
    await writeAtomically(join(into, 'state.json'), `${JSON.stringify({ ...file, checksum: hashOfJson(file) })}\n`);
  });
}

async function readState(folder: string): Promise<StateFile> {
  const value = await readJsonObject(join(folder, 'state.json'));
  if (value['version'] !== VERSION) {
    throw new CheckpointError(
      `${folder} has version ${String(value['version'])} of checkpoints; this release of sentence-mtl reads version ${VERSION}`,
    );
  }
  const { checksum, ...file } = value;
  if (checksum !== hashOfJson(file)) throw new CheckpointError(`${folder}: state.json has been changed or cut off`);
  return value as unknown as StateFile;
}

async function checkFiles(folder: string, files: StateFile['files']): Promise<void> {
  for (const name of TENSOR_FILES) {
    if ((await fileChecksum(join(folder, name))) === files[name]) continue;
    throw new CheckpointError(`${folder}: ${name} has been changed or cut off`);
  }
}

/** The arrays of a file, in memory of their own. */
async function readTensors(path: string): Promise<Parameters> {
  const file = await openSafetensors(path);
  try {
    const tensors = new Map<string, { dtype: 'float32'; shape: readonly number[]; data: Float32Array }>();
    for (const [name, { shape }] of file.tensors) {
      const data = new Float32Array(shape.reduce((size, each) => size * each, 1));
      await file.readFloats(name, data);
      tensors.set(name, { dtype: 'float32', shape, data });
    }
    return tensors;
  } finally {
    await file.close();
  }
}

/**
 * Reads a checkpoint whose checksums are right; whether it is of this run its fingerprint says.
 *
 * @throws CheckpointError where it is damaged, or of another version
 */
export async function readCheckpoint(folder: string): Promise<CheckpointContent> {
  try {
    const { fingerprint, state, files } = await readState(folder);
    await checkFiles(folder, files);
    const [ofParameters, ofOptimizer] = TENSOR_FILES;
    return {
      fingerprint,
      state,
      parameters: await readTensors(join(folder, ofParameters)),
      optimizer: await readTensors(join(folder, ofOptimizer)),
    };
  } catch (error) {
    if (error instanceof ModelFileError) throw new CheckpointError(`${folder}: ${error.message}`, { cause: error });
    throw error;
  }
}
