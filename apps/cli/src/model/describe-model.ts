// What a model folder says of itself, from its configs and the headers of its weights: the weights stay on disk.
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
import { modelFilesIn } from './model-files-in.ts';
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
    files: (await modelFilesIn(folder)).map(({ path, bytes }) => ({ path, bytes })),
  };
}
