// Parameters are read in two steps: every tensor is checked against the config by the headers of the files alone, and
// only then memory is taken and the data read into it, each tensor once. So a wrong config cannot ask for more memory
// than the files are large, and nothing stands in memory twice.
import { float32Tensor, sizeOfShape, type HostTensor, type Parameters } from '@sentence-mtl/core';
import { openWeights, readWeights, type Weights } from '@sentence-mtl/model-files';
import { ModelError } from './errors.ts';

type Shapes = ReadonlyMap<string, readonly number[]>;

/** A folder with weights, and which of our parameters each tensor there is. */
export interface WeightsFolder {
  readonly folder: string;
  /** The path of a tensor, or undefined for one that is not needed. */
  readonly pathOf: (name: string) => string | undefined;
}

/** Gives the memory a parameter is read into; its length is the product of the shape. */
export type Allocate = (path: string, length: number) => Float32Array;

interface OpenFolder extends WeightsFolder {
  readonly weights: Weights;
}

const LISTED = 8;

function listed(names: readonly string[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** @throws ModelError where a needed tensor has another shape, or stands there twice under two names */
function pathsFound({ folder, weights, pathOf }: OpenFolder, shapes: Shapes): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, { shape }] of weights.tensors) {
    const path = pathOf(name);
    const expected = path === undefined ? undefined : shapes.get(path);
    if (path === undefined || expected === undefined) continue;
    if (expected.join() !== shape.join()) {
      throw new ModelError(
        `${folder}: tensor "${name}" has the shape (${shape.join(', ')}), but the config asks for (${expected.join(', ')}); the weights and config.json are of different models`,
      );
    }
    const other = names.get(path);
    if (other !== undefined)
      throw new ModelError(`${folder}: tensors "${other}" and "${name}" are the same parameter, ${path}`);
    names.set(path, name);
  }
  return names;
}

function checkComplete(found: ReadonlySet<string>, shapes: Shapes, folders: readonly OpenFolder[]): void {
  const missing = [...shapes.keys()].filter((path) => !found.has(path));
  if (missing.length === 0) return;
  throw new ModelError(
    `${folders.map(({ folder }) => folder).join(', ')}: ${missing.length} of ${shapes.size} parameters have no tensor in the weights: ${listed(missing)}`,
  );
}

/** Views of one memory, one after the other. */
function oneMemory(shapes: Shapes): Allocate {
  const total = [...shapes.values()].reduce((sum, shape) => sum + sizeOfShape(shape), 0);
  const memory = new Float32Array(total);
  let used = 0;
  return (_path, length) => {
    used += length;
    return memory.subarray(used - length, used);
  };
}

async function readOpen(
  folders: readonly OpenFolder[],
  shapes: Shapes,
  allocate: Allocate | undefined,
): Promise<Parameters> {
  const names = folders.map((folder) => pathsFound(folder, shapes));
  checkComplete(new Set(names.flatMap((found) => [...found.keys()])), shapes, folders);
  const place = allocate ?? oneMemory(shapes);
  const parameters = new Map<string, HostTensor<'float32'>>();
  for (const [path, shape] of shapes) parameters.set(path, float32Tensor(place(path, sizeOfShape(shape)), shape));
  for (const [index, { weights }] of folders.entries()) {
    const paths = new Map([...(names[index] ?? [])].map(([path, name]) => [name, path]));
    await readWeights(weights, (name) => parameters.get(paths.get(name) ?? '')?.data);
  }
  return parameters;
}

/**
 * Reads parameters out of the weights of one or more folders, in the order of `shapes`. Tensors that are not asked for
 * (poolers, task heads, buffers) are left alone.
 *
 * @throws ModelError listing what is missing, or naming tensor, expected and found shape
 * @throws ModelFileError where a file is missing or broken
 */
export async function readParameters(
  folders: readonly WeightsFolder[],
  shapes: Shapes,
  allocate?: Allocate,
): Promise<Parameters> {
  const open: OpenFolder[] = [];
  try {
    for (const each of folders) open.push({ ...each, weights: await openWeights(each.folder) });
    return await readOpen(open, shapes, allocate);
  } finally {
    await Promise.all(open.map(async ({ weights }) => weights.close()));
  }
}
