// What a model folder says of itself, from its configs and the headers of its weights: the weights stay on disk.
import { embeddingDimension, readSentenceModelConfig, type SentenceModelConfig } from '@sentence-mtl/model';
import { readModelFolder, type ModelFolder } from '@sentence-mtl/model-files';
import { modelFilesIn } from './model-files-in.ts';
import { readHeads, type HeadDescription } from './read-heads.ts';
import { readParameterParts, type StoredParameters } from './parameter-parts.ts';

export interface ModelDescription extends Pick<
  SentenceModelConfig,
  'encoder' | 'maximumLength' | 'pooling' | 'dense' | 'normalize' | 'prompts'
> {
  readonly folder: string;
  readonly layout: ModelFolder['layout'];
  readonly embeddingDimension: number;
  /** Of the encoder and what is behind it; the heads' are told with each. */
  readonly parameters: StoredParameters;
  readonly heads: readonly HeadDescription[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/**
 * Reads all but the weights of a model.
 *
 * @throws as `readSentenceModelConfig` does, and ModelFileError where the weights have no sound header
 */
export async function describeModel(folder: string): Promise<ModelDescription> {
  const files = await readModelFolder(folder);
  const { config } = await readSentenceModelConfig(folder);
  const { encoder, maximumLength, pooling, dense, normalize, prompts } = config;
  return {
    folder,
    layout: files.layout,
    encoder,
    maximumLength,
    pooling,
    dense,
    normalize,
    prompts,
    embeddingDimension: embeddingDimension(config),
    parameters: await readParameterParts(files, encoder.architecture),
    heads: await readHeads(folder),
    files: (await modelFilesIn(folder)).map(({ path, bytes }) => ({ path, bytes })),
  };
}
