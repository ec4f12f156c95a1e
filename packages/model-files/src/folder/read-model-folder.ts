import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError } from '@sentence-mtl/core';
import { ModelFileError } from '../errors.ts';
import { pathInside } from '../files/path-inside.ts';
import { isRecord, readJsonIfPresent, readJsonObject, readTextIfPresent, type JsonRecord } from '../files/read-json.ts';
import { restoreFolder } from '../files/replace-folder.ts';
import { parseDenseConfig, type DenseConfig } from './dense-config.ts';
import { flag, optionalCount } from './field.ts';
import { parseModules, type ModuleEntry, type ModuleKind } from './modules.ts';
import { parsePoolingConfig, type PoolingConfig } from './pooling-config.ts';
import { parsePromptConfig, type PromptConfig } from './prompt-config.ts';

/** The files of a tokenizer as they are, to be read and to be copied when the model is saved. */
export type TokenizerTexts = Readonly<Record<string, string>>;

export interface DenseModule {
  readonly config: DenseConfig;
  /** Holds its weights (`linear.weight`, `linear.bias`, `residual.weight`). */
  readonly folder: string;
}

/** What a model folder says, all but the weights. */
export interface ModelFolder {
  readonly folder: string;
  /** Whether it has `modules.json`; a bare Hugging Face folder has no pooling of its own. */
  readonly layout: 'sentence-transformers' | 'transformers';
  /** Holds config.json and the weights of the encoder. */
  readonly encoderFolder: string;
  /** config.json */
  readonly config: JsonRecord;
  /** tokenizer.json, tokenizer_config.json and their like, by file name. */
  readonly tokenizerTexts: TokenizerTexts;
  /** `max_seq_length`, where the folder says one of its own; else the tokenizer's holds. */
  readonly maximumLength: number | undefined;
  /** Texts are to be lower-cased before the tokenizer sees them. */
  readonly lowercase: boolean;
  readonly pooling: PoolingConfig | undefined;
  readonly dense: readonly DenseModule[];
  readonly normalize: boolean;
  readonly prompts: PromptConfig;
}

const TOKENIZER_FILES = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.txt',
  'vocab.json',
  'merges.txt',
];

/** sentence-transformers' names of the same file, one for each architecture it once knew. */
const SENTENCE_CONFIGS = ['bert', 'roberta', 'distilbert', 'camembert', 'albert', 'xlm-roberta', 'xlnet'].map(
  (name) => `sentence_${name}_config.json`,
);

async function checkFolder(folder: string): Promise<void> {
  await restoreFolder(folder);
  try {
    if ((await stat(folder)).isDirectory()) return;
  } catch (error) {
    throw new ModelFileError(`cannot read the model folder ${folder}: ${explainSystemError(error)}`, { cause: error });
  }
  throw new ModelFileError(`${folder} is a file; the folder of a model is needed`);
}

async function readTokenizerTexts(folder: string): Promise<TokenizerTexts> {
  const entries = await Promise.all(
    TOKENIZER_FILES.map(async (name) => [name, await readTextIfPresent(join(folder, name))] as const),
  );
  const present = entries.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
  return Object.fromEntries(present);
}

async function readSentenceConfig(folder: string): Promise<readonly [JsonRecord, string]> {
  for (const name of SENTENCE_CONFIGS) {
    const path = join(folder, name);
    const value = await readJsonIfPresent(path);
    if (isRecord(value)) return [value, path];
  }
  return [{}, folder];
}

async function readModules(folder: string): Promise<readonly ModuleEntry[] | undefined> {
  const file = join(folder, 'modules.json');
  const value = await readJsonIfPresent(file);
  return value === undefined ? undefined : parseModules(value, folder, file);
}

async function readPrompts(folder: string): Promise<PromptConfig> {
  const path = join(folder, 'config_sentence_transformers.json');
  const value = await readJsonIfPresent(path);
  return parsePromptConfig(isRecord(value) ? value : {}, path);
}

/**
 * Reads a model folder: sentence-transformers' (of versions 2 to 6) or a bare Hugging Face one.
 *
 * @throws ModelFileError naming file and key where something is missing, broken or not supported
 */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  await checkFolder(folder);
  const modules = await readModules(folder);
  const foldersOf = (kind: ModuleKind): readonly string[] =>
    (modules ?? []).filter((entry) => entry.kind === kind).map(({ path }) => pathInside(folder, path, 'modules.json'));
  const [encoderFolder = folder] = foldersOf('Transformer');
  const [poolingFolder] = foldersOf('Pooling');
  const poolingPath = poolingFolder === undefined ? undefined : join(poolingFolder, 'config.json');
  const [sentence, sentencePath] = await readSentenceConfig(encoderFolder);
  return {
    folder,
    layout: modules === undefined ? 'transformers' : 'sentence-transformers',
    encoderFolder,
    config: await readJsonObject(join(encoderFolder, 'config.json')),
    tokenizerTexts: await readTokenizerTexts(encoderFolder),
    maximumLength: optionalCount(sentence, 'max_seq_length', sentencePath),
    lowercase: flag(sentence, 'do_lower_case', false, sentencePath),
    pooling: poolingPath === undefined ? undefined : parsePoolingConfig(await readJsonObject(poolingPath), poolingPath),
    dense: await Promise.all(
      foldersOf('Dense').map(async (denseFolder) => {
        const path = join(denseFolder, 'config.json');
        return { config: parseDenseConfig(await readJsonObject(path), path), folder: denseFolder };
      }),
    ),
    normalize: foldersOf('Normalize').length > 0,
    prompts: await readPrompts(folder),
  };
}
