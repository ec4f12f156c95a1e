import { fromHuggingFaceName, maximumLength, parseEncoderConfig, type EncoderConfig } from '@sentence-mtl/encoder';
import { readModelFolder, type ModelFolder } from '@sentence-mtl/model-files';
import { ArgumentError } from '@sentence-mtl/core';
import { join } from 'node:path';
import { ModelError } from './errors.ts';
import { readParameters, type Allocate, type WeightsFolder } from './read-parameters.ts';
import type { ModelNotice, SentenceModel, SentenceModelConfig } from './sentence-model.ts';
import { densePath, denseTensors, sentenceParameterShapes } from './sentence-parameters.ts';
import { tokenizerMaximumLength } from './sentence-tokenizer.ts';

export interface ReadOptions {
  /** Most tokens of a text, special tokens included; default: what the folder says. */
  readonly maxLength?: number | undefined;
  /** The memory of each parameter, for those who have one of their own; default: views of one new memory. */
  readonly allocate?: Allocate | undefined;
}

/** @throws ModelError where what a part gives is not of the size that the next one takes */
function checkSizes({ folder, pooling, dense }: ModelFolder, { hiddenSize }: EncoderConfig): void {
  if (pooling !== undefined && pooling.dimension !== hiddenSize) {
    throw new ModelError(
      `${folder}: the pooling takes token embeddings of ${pooling.dimension}, but the encoder gives ${hiddenSize}`,
    );
  }
  let given = hiddenSize * (pooling?.modes.length ?? 1);
  for (const { config, folder: denseFolder } of dense) {
    if (config.inputSize !== given) {
      throw new ModelError(`${denseFolder}: the dense layer takes ${config.inputSize} values, but is given ${given}`);
    }
    given = config.outputSize;
  }
}

interface Limits {
  readonly asked: number | undefined;
  readonly inFolder: number;
  readonly ofEncoder: number;
}

/** @throws ArgumentError where the caller asks for more than the encoder has positions for */
function lengthWithin(
  folder: string,
  { asked, inFolder, ofEncoder }: Limits,
): readonly [number, readonly ModelNotice[]] {
  if (asked !== undefined) {
    if (Number.isSafeInteger(asked) && asked >= 1 && asked <= ofEncoder) return [asked, []];
    throw new ArgumentError(`maxLength is ${asked}; ${folder} takes a whole number from 1 to ${ofEncoder}`);
  }
  if (inFolder <= ofEncoder || inFolder === Number.POSITIVE_INFINITY) return [Math.min(inFolder, ofEncoder), []];
  const message = `${folder} asks for texts of ${inFolder} tokens, but its encoder has positions for ${ofEncoder}; longer texts are cut off there`;
  return [ofEncoder, [{ kind: 'maximumLength', message }]];
}

function poolingNotices({ folder, pooling }: ModelFolder): readonly ModelNotice[] {
  if (pooling !== undefined) return [];
  const message = `${folder} has no pooling of its own (no modules.json that names one); the mean of the token embeddings is taken`;
  return [{ kind: 'meanPooling', message }];
}

function weightsFolders(
  { encoderFolder, dense }: ModelFolder,
  { architecture }: EncoderConfig,
): readonly WeightsFolder[] {
  const ofDense = dense.map(({ config, folder }, index) => {
    const paths = new Map(denseTensors(config).map(({ name, path }) => [name, `${densePath(index)}.${path}`]));
    return { folder, pathOf: (name: string) => paths.get(name) };
  });
  return [{ folder: encoderFolder, pathOf: (name) => fromHuggingFaceName(architecture, name) }, ...ofDense];
}

interface FolderConfig {
  readonly files: ModelFolder;
  readonly config: SentenceModelConfig;
  readonly notices: readonly ModelNotice[];
}

async function readConfig(folder: string, maxLength: number | undefined): Promise<FolderConfig> {
  const files = await readModelFolder(folder);
  const encoder = parseEncoderConfig(files.config, join(files.encoderFolder, 'config.json'));
  checkSizes(files, encoder);
  const limits = {
    asked: maxLength,
    inFolder: files.maximumLength ?? tokenizerMaximumLength(files.tokenizerTexts),
    ofEncoder: maximumLength(encoder),
  };
  const [length, lengthNotices] = lengthWithin(folder, limits);
  const config: SentenceModelConfig = {
    encoder,
    source: files.config,
    pooling: { modes: files.pooling?.modes ?? ['mean'], includePrompt: files.pooling?.includePrompt ?? true },
    dense: files.dense.map((layer) => layer.config),
    normalize: files.normalize,
    prompts: files.prompts,
    maximumLength: length,
    lowercase: files.lowercase,
    tokenizerTexts: files.tokenizerTexts,
  };
  return { files, config, notices: [...poolingNotices(files), ...lengthNotices] };
}

/**
 * All that a folder says of a sentence encoder but its parameters, which stay on disk.
 *
 * @throws as `readSentenceModel` does
 */
export async function readSentenceModelConfig(
  folder: string,
  { maxLength }: Pick<ReadOptions, 'maxLength'> = {},
): Promise<Pick<SentenceModel, 'config' | 'notices'>> {
  const { config, notices } = await readConfig(folder, maxLength);
  return { config, notices };
}

/**
 * Reads a sentence encoder from a folder of sentence-transformers (versions 2 to 6), or from a bare Hugging Face
 * folder, which is given mean pooling and a notice that says so.
 *
 * @throws ModelFileError where a file is missing or broken
 * @throws EncoderConfigError where config.json is of an encoder that is not supported
 * @throws TokenizerFileError where tokenizer_config.json is broken
 * @throws ModelError where tensors are missing or the parts do not fit each other
 */
export async function readSentenceModel(
  folder: string,
  { maxLength, allocate }: ReadOptions = {},
): Promise<SentenceModel> {
  const { files, config, notices } = await readConfig(folder, maxLength);
  const places = weightsFolders(files, config.encoder);
  return { config, notices, parameters: await readParameters(places, sentenceParameterShapes(config), allocate) };
}
