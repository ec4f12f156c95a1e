// What a model folder says of itself, from its configs and the headers of its weights: the weights stay on disk.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEncoderConfig, type EncoderConfig } from '@sentence-mtl/encoder';
import { readSentenceModelConfig } from '@sentence-mtl/model';
import {
  readModelFolder,
  type DenseConfig,
  type ModelFolder,
  type PoolingMode,
  type PromptConfig,
} from '@sentence-mtl/model-files';
import { readParameterParts, type StoredParameters } from './parameter-parts.ts';

export interface ModelDescription {
  readonly folder: string;
  readonly layout: ModelFolder['layout'];
  readonly encoder: EncoderConfig;
  /** Most tokens of a text. */
  readonly maximumLength: number;
  /** `['mean']` where the folder says nothing. */
  readonly pooling: readonly PoolingMode[];
  readonly dense: readonly DenseConfig[];
  readonly normalize: boolean;
  readonly embeddingDimension: number;
  readonly prompts: PromptConfig;
  readonly parameters: StoredParameters;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Deeper than a model folder goes. */
const DEPTH = 3;

async function filesIn(folder: string, inside = '', depth = DEPTH): Promise<ModelDescription['files']> {
  const names = (await readdir(join(folder, inside))).toSorted();
  const found = await Promise.all(
    names.map(async (name) => {
      const path = inside === '' ? name : `${inside}/${name}`;
      const entry = await stat(join(folder, path)).catch(() => undefined);
      if (entry?.isDirectory() === true) return depth > 1 ? filesIn(folder, path, depth - 1) : [];
      return entry === undefined ? [] : [{ path, bytes: entry.size }];
    }),
  );
  return found.flat();
}

/**
 * Reads all but the weights of a model.
 *
 * @throws ModelFileError, EncoderConfigError where the folder is no model, or not one that is read here
 */
export async function describeModel(folder: string): Promise<ModelDescription> {
  const model = await readModelFolder(folder);
  const encoder = parseEncoderConfig(model.config, join(model.encoderFolder, 'config.json'));
  const modes = model.pooling?.modes ?? ['mean'];
  return {
    folder,
    layout: model.layout,
    encoder,
    maximumLength: (await readSentenceModelConfig(folder)).config.maximumLength,
    pooling: modes,
    dense: model.dense.map(({ config }) => config),
    normalize: model.normalize,
    embeddingDimension: model.dense.at(-1)?.config.outputSize ?? encoder.hiddenSize * modes.length,
    prompts: model.prompts,
    parameters: await readParameterParts(model, encoder.architecture),
    files: await filesIn(folder),
  };
}
