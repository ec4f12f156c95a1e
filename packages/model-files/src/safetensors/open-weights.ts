// The weights of a model folder: one file, or several with an index of which tensor is in which.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelFileError } from '../errors.ts';
import { pathInside } from '../files/path-inside.ts';
import { isRecord, readJsonIfPresent } from '../files/read-json.ts';
import type { TensorPlace } from './header.ts';
import { openSafetensors, type SafetensorsFile } from './read-safetensors.ts';
import { withoutScales } from './row-scales.ts';

/**
 * Weights in a single file. Int8 rows with scales have a name of their own: Python's transformers does not know them, and
 * under the usual name would take the rows alone for weights, with no more than a warning.
 */
const SINGLE_FILES = ['model.safetensors', 'model-int8.safetensors'];

/** The tensors of a folder, whatever number of files they are in. */
export interface Weights {
  /** Without the scales of I8 tensors, which `readFloats` applies. */
  readonly tensors: ReadonlyMap<string, TensorPlace>;
  readonly readFloats: (name: string, target: Float32Array) => Promise<void>;
  readonly readBytes: (name: string) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

async function isPresent(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function missingWeights(folder: string): Promise<ModelFileError> {
  const pickled = ['pytorch_model.bin', 'pytorch_model.bin.index.json'];
  const found = (await Promise.all(pickled.map((name) => isPresent(join(folder, name))))).includes(true);
  if (!found)
    return new ModelFileError(
      `${folder} has no model.safetensors and no model.safetensors.index.json; is it the folder of a model?`,
    );
  const config = await readJsonIfPresent(join(folder, 'config.json'));
  const isDense = isRecord(config) && 'in_features' in config;
  const convert = isDense
    ? `python -c "import torch, safetensors.torch as s; s.save_file(torch.load('${folder}/pytorch_model.bin', weights_only=True), '${folder}/model.safetensors')"`
    : `python -c "from transformers import AutoModel; AutoModel.from_pretrained('${folder}').save_pretrained('${folder}')"`;
  return new ModelFileError(
    `${folder} has weights only as pytorch_model.bin, a format that runs code when it is read; convert it to safetensors once, in Python: ${convert}`,
  );
}

function parseIndex(value: unknown, path: string): ReadonlyMap<string, string> {
  const map = isRecord(value) ? value['weight_map'] : undefined;
  const entries = isRecord(map) ? Object.entries(map) : [];
  const files = entries.flatMap(([name, file]) => (typeof file === 'string' ? [[name, file] as const] : []));
  if (files.length > 0 && files.length === entries.length) return new Map(files);
  throw new ModelFileError(`${path}: weight_map is not an object that gives a file for each tensor`);
}

async function closeAll(files: Iterable<SafetensorsFile>): Promise<void> {
  await Promise.all(Array.from(files, async (file) => file.close()));
}

/** Checks that every tensor is where the index says. */
function joinShards(
  index: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, SafetensorsFile>,
  path: string,
): Weights {
  const home = new Map<string, SafetensorsFile>();
  const tensors = new Map<string, TensorPlace>();
  for (const [name, fileName] of index) {
    const file = files.get(fileName);
    const place = file?.tensors.get(name);
    if (file === undefined || place === undefined) {
      throw new ModelFileError(
        `${path} says that tensor "${name}" is in ${fileName}, but it is not; fetch or copy the folder again`,
      );
    }
    home.set(name, file);
    tensors.set(name, place);
  }
  const fileOf = (name: string): SafetensorsFile => {
    const file = home.get(name);
    if (file === undefined) throw new ModelFileError(`${path} has no tensor "${name}"`);
    return file;
  };
  return {
    tensors: withoutScales(tensors, path),
    readFloats: async (name, target) => fileOf(name).readFloats(name, target),
    readBytes: async (name) => fileOf(name).readBytes(name),
    close: async () => closeAll(files.values()),
  };
}

async function openShards(folder: string, index: ReadonlyMap<string, string>, path: string): Promise<Weights> {
  const files = new Map<string, SafetensorsFile>();
  try {
    for (const name of new Set(index.values())) files.set(name, await openSafetensors(pathInside(folder, name, path)));
    return joinShards(index, files, path);
  } catch (error) {
    await closeAll(files.values());
    throw error;
  }
}

async function openSingle(path: string): Promise<Weights> {
  const file = await openSafetensors(path);
  try {
    return { ...file, tensors: withoutScales(file.tensors, path) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Opens the weights in a folder: `model.safetensors`, `model-int8.safetensors`, or the shards of
 * `model.safetensors.index.json`.
 *
 * @throws ModelFileError where there are none (saying how to convert a `pytorch_model.bin`), or a file is broken
 */
export async function openWeights(folder: string): Promise<Weights> {
  for (const single of SINGLE_FILES.map((name) => join(folder, name))) {
    if (await isPresent(single)) return openSingle(single);
  }
  const path = join(folder, 'model.safetensors.index.json');
  const index = await readJsonIfPresent(path);
  if (index === undefined) throw await missingWeights(folder);
  return openShards(folder, parseIndex(index, path), path);
}

/**
 * Reads the weights into memory of the caller, in the order of the file, one tensor after the other.
 *
 * @param into the place for a tensor, of the size of its shape; undefined leaves it out
 */
export async function readWeights(
  weights: Weights,
  into: (name: string, shape: readonly number[]) => Float32Array | undefined,
): Promise<void> {
  for (const [name, { shape }] of weights.tensors) {
    const target = into(name, shape);
    if (target !== undefined) await weights.readFloats(name, target);
  }
}
