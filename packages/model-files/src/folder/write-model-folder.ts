import { join } from 'node:path';
import type { JsonRecord } from '../files/read-json.ts';
import { pathInside } from '../files/path-inside.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import { writeSafetensors, type StoredTensor } from '../safetensors/write-safetensors.ts';
import { formatDenseConfig, type DenseConfig } from './dense-config.ts';
import { formatModules, type ModuleEntry } from './modules.ts';
import { formatPoolingConfig, type PoolingConfig } from './pooling-config.ts';
import { formatPromptConfig, type PromptConfig } from './prompt-config.ts';
import type { TokenizerTexts } from './read-model-folder.ts';

type Tensors = Iterable<readonly [name: string, tensor: StoredTensor]>;

/** A model as it is to be written. */
export interface ModelParts {
  /** config.json */
  readonly config: JsonRecord;
  /** The encoder's tensors under their Hugging Face names. */
  readonly weights: Tensors;
  readonly tokenizerTexts: TokenizerTexts;
  readonly maximumLength: number | undefined;
  readonly lowercase: boolean;
  readonly pooling: PoolingConfig;
  /** `linear.weight`, `linear.bias` and `residual.weight` of each. */
  readonly dense: readonly { readonly config: DenseConfig; readonly weights: Tensors }[];
  readonly normalize: boolean;
  readonly prompts: PromptConfig;
}

function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function moduleChain(parts: ModelParts): readonly ModuleEntry[] {
  const kinds = [
    'Pooling',
    ...parts.dense.map(() => 'Dense' as const),
    ...(parts.normalize ? ['Normalize' as const] : []),
  ] as const;
  return [{ kind: 'Transformer', path: '' }, ...kinds.map((kind, index) => ({ kind, path: `${index + 1}_${kind}` }))];
}

/** Files by their path in the folder, all but the weights. */
function smallFiles(parts: ModelParts, chain: readonly ModuleEntry[]): ReadonlyMap<string, string> {
  const dense = parts.dense.map(({ config }) => formatDenseConfig(config));
  const configs = chain.slice(1).map(({ kind, path }): readonly [string, unknown] => {
    const config = kind === 'Pooling' ? formatPoolingConfig(parts.pooling) : kind === 'Dense' ? dense.shift() : {};
    return [`${path}/config.json`, config];
  });
  const sentence = { max_seq_length: parts.maximumLength ?? null, do_lower_case: parts.lowercase };
  return new Map([
    ['config.json', formatJson(parts.config)],
    ['config_sentence_transformers.json', formatJson(formatPromptConfig(parts.prompts))],
    ['sentence_bert_config.json', formatJson(sentence)],
    ...configs.map(([path, config]) => [path, formatJson(config)] as const),
    ...Object.entries(parts.tokenizerTexts),
  ]);
}

/**
 * Writes a folder that sentence-transformers 5 and newer load as it is. Each file is written whole or not at all, and
 * `modules.json`, which makes it a sentence-transformers folder, last.
 *
 * @throws ModelFileError where a file cannot be written
 */
export async function writeModelFolder(folder: string, parts: ModelParts): Promise<void> {
  const chain = moduleChain(parts);
  for (const [name, text] of smallFiles(parts, chain)) {
    await writeAtomically(pathInside(folder, name, 'the model'), text);
  }
  await writeSafetensors(join(folder, 'model.safetensors'), parts.weights);
  const densePaths = chain.filter(({ kind }) => kind === 'Dense').map(({ path }) => path);
  for (const [index, { weights }] of parts.dense.entries()) {
    await writeSafetensors(join(folder, densePaths[index] ?? '', 'model.safetensors'), weights);
  }
  await writeAtomically(join(folder, 'modules.json'), formatJson(formatModules(chain)));
}
