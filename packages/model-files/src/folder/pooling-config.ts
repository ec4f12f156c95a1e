// `1_Pooling/config.json` in both dialects of sentence-transformers: six booleans up to version 5, from 6 on
// `pooling_mode`, a name or a list of names.
import { ModelFileError } from '../errors.ts';
import type { JsonRecord } from '../files/read-json.ts';
import { count, flag } from './field.ts';

/** The poolings, in the order in which the booleans are concatenated. */
export const POOLING_MODES = ['cls', 'max', 'mean', 'mean_sqrt_len_tokens', 'weightedmean', 'lasttoken'] as const;

export type PoolingMode = (typeof POOLING_MODES)[number];

export interface PoolingConfig {
  /** Size of the token embeddings. */
  readonly dimension: number;
  /** Concatenated in this order. */
  readonly modes: readonly PoolingMode[];
  /** Whether the tokens of a prompt are pooled too. */
  readonly includePrompt: boolean;
}

const LEGACY_KEYS: Readonly<Record<PoolingMode, string>> = {
  cls: 'pooling_mode_cls_token',
  max: 'pooling_mode_max_tokens',
  mean: 'pooling_mode_mean_tokens',
  mean_sqrt_len_tokens: 'pooling_mode_mean_sqrt_len_tokens',
  weightedmean: 'pooling_mode_weightedmean_tokens',
  lasttoken: 'pooling_mode_lasttoken',
};

function modeOf(name: unknown, path: string): PoolingMode {
  const mode = POOLING_MODES.find((each) => each === name);
  if (mode !== undefined) return mode;
  throw new ModelFileError(
    `${path}: pooling_mode ${JSON.stringify(name)} is not supported; supported are ${POOLING_MODES.join(', ')}`,
  );
}

function modesOf(record: JsonRecord, path: string): readonly PoolingMode[] {
  const current = record['pooling_mode'] ?? undefined;
  const legacy = POOLING_MODES.filter((mode) => flag(record, LEGACY_KEYS[mode], false, path));
  // As in sentence-transformers: a name or list wins over the booleans.
  if (current !== undefined) return (Array.isArray(current) ? current : [current]).map((name) => modeOf(name, path));
  // Its own default where a file says nothing of modes.
  return Object.values(LEGACY_KEYS).some((key) => record[key] !== undefined) ? legacy : ['mean'];
}

/** @throws ModelFileError where no mode is on, or one is unknown */
export function parsePoolingConfig(record: JsonRecord, path: string): PoolingConfig {
  const key = record['embedding_dimension'] === undefined ? 'word_embedding_dimension' : 'embedding_dimension';
  const modes = modesOf(record, path);
  if (modes.length === 0) throw new ModelFileError(`${path}: no pooling mode is on`);
  return { dimension: count(record, key, path), modes, includePrompt: flag(record, 'include_prompt', true, path) };
}

/**
 * The hybrid that versions 5 and newer read alike: the booleans, and `pooling_mode` where exactly one is on.
 *
 * @throws ModelFileError where modes repeat or stand in another order than the booleans can say
 */
export function formatPoolingConfig({ dimension, modes, includePrompt }: PoolingConfig): JsonRecord {
  const sorted = POOLING_MODES.filter((mode) => modes.includes(mode));
  if (sorted.join() !== modes.join()) {
    throw new ModelFileError(
      `pooling modes ${modes.join(', ')} cannot be saved in this order; sentence-transformers concatenates ${sorted.join(', ')}`,
    );
  }
  return {
    word_embedding_dimension: dimension,
    ...Object.fromEntries(POOLING_MODES.map((mode) => [LEGACY_KEYS[mode], modes.includes(mode)])),
    ...(modes.length === 1 && { pooling_mode: modes[0] }),
    include_prompt: includePrompt,
  };
}
