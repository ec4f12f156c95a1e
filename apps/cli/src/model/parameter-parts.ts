import { sizeOfShape } from '@sentence-mtl/core';
import { fromHuggingFaceName, type Architecture } from '@sentence-mtl/encoder';
import { openWeights, type ModelFolder, type Weights } from '@sentence-mtl/model-files';

/** The number of parameters of each part of a model. */
export interface ParameterParts {
  readonly embeddings: number;
  readonly layers: number;
  /** Of the layers behind the pooling. */
  readonly dense: number;
  /** Stored, but not read: a pooler, the task heads of others. */
  readonly unused: number;
}

/** What the headers of a model's weights say. */
export interface StoredParameters {
  readonly parts: ParameterParts;
  /** Number formats in the files. */
  readonly formats: readonly string[];
  /** Bytes in memory as float32, and with matrices as int8 with a float32 scale a row. */
  readonly memoryBytes: { readonly float32: number; readonly int8: number };
}

interface Tensor {
  readonly part: keyof ParameterParts;
  readonly format: string;
  readonly shape: readonly number[];
}

function partOf(architecture: Architecture, name: string): keyof ParameterParts {
  const path = fromHuggingFaceName(architecture, name);
  if (path === undefined) return 'unused';
  return path.startsWith('encoder.embeddings.') ? 'embeddings' : 'layers';
}

async function tensorsIn(folder: string, part: (name: string) => keyof ParameterParts): Promise<readonly Tensor[]> {
  const weights: Weights = await openWeights(folder);
  try {
    return [...weights.tensors].map(([name, { dtype, shape }]) => ({ part: part(name), format: dtype, shape }));
  } finally {
    await weights.close();
  }
}

function sumOf(tensors: readonly Tensor[], value: (tensor: Tensor) => number): number {
  return tensors.reduce((sum, tensor) => sum + value(tensor), 0);
}

function int8Bytes({ shape }: Tensor): number {
  const [rows = 0] = shape;
  return shape.length === 2 ? sizeOfShape(shape) + 4 * rows : 4 * sizeOfShape(shape);
}

/**
 * Counts the parameters of a model by the headers of its weights, which are not read themselves.
 *
 * @throws ModelFileError where there are no weights, or a header is broken
 */
export async function readParameterParts(
  { encoderFolder, dense }: Pick<ModelFolder, 'encoderFolder' | 'dense'>,
  architecture: Architecture,
): Promise<StoredParameters> {
  const tensors = [...(await tensorsIn(encoderFolder, (name) => partOf(architecture, name)))];
  for (const { folder } of dense) tensors.push(...(await tensorsIn(folder, () => 'dense')));
  const used = tensors.filter(({ part }) => part !== 'unused');
  const count = (wanted: keyof ParameterParts): number =>
    sumOf(tensors, ({ part, shape }) => (part === wanted ? sizeOfShape(shape) : 0));
  return {
    parts: { embeddings: count('embeddings'), layers: count('layers'), dense: count('dense'), unused: count('unused') },
    formats: [...new Set(used.map(({ format }) => format))],
    memoryBytes: { float32: sumOf(used, ({ shape }) => 4 * sizeOfShape(shape)), int8: sumOf(used, int8Bytes) },
  };
}
