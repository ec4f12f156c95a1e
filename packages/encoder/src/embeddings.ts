import {
  add,
  cast,
  cumsum,
  dimensionAt,
  gather,
  layerNorm,
  linear,
  mul,
  notEqual,
  reshape,
  slice,
  type Value,
} from '@sentence-mtl/program';
import type { EncoderConfig } from './encoder-config.ts';
import type { Drop } from './dropout-sites.ts';
import type { EncoderInputs, ParametersAt } from './encoder-inputs.ts';
import { hasProjection } from './parameter-specs.ts';

/** The embeddings of a batch. */
export interface Embedded {
  /** The rows of the word table that were looked up, (B·T, E): where the table's gradient is taken. */
  readonly wordRows: Value;
  /** (B·T, D) */
  readonly hiddenStates: Value<'float32'>;
}

/** Rows of the position table that add to (B, T, E): (T, E) where they do not depend on the text, else (B, T, E). */
function positionRows(config: EncoderConfig, inputIds: Value, table: Value): Value {
  if (config.positionScheme === 'absolute') return slice(table, 0, 0, dimensionAt(inputIds.shape, 1));
  const counted = cast(notEqual(inputIds, config.padTokenId), 'float32');
  const positions = mul(cumsum(counted, 1), counted); // 1, 2, 3, …; 0 for padding
  return gather(table, add(cast(positions, 'int32'), config.padTokenId));
}

function tokenTypeRows(tokenTypeIds: Value | undefined, table: Value): Value {
  return tokenTypeIds === undefined ? slice(table, 0, 0, 1) : gather(table, tokenTypeIds);
}

/** Word, position and token type embeddings added up, normalised, and projected where the layers are wider. */
export function embedTokens(
  config: EncoderConfig,
  { inputIds, tokenTypeIds }: EncoderInputs,
  parameters: ParametersAt,
  drop: Drop,
): Embedded {
  const at = (name: string): Value => parameters(`encoder.embeddings.${name}`);
  const [batch, sequence] = [dimensionAt(inputIds.shape, 0), dimensionAt(inputIds.shape, 1)];
  const wordRows = gather(at('word.weight'), reshape(inputIds, [-1]));
  let x: Value = reshape(wordRows, [batch, sequence, config.embeddingSize]);
  // PyTorch's order, so that the sums round alike.
  if (config.tokenTypeCount > 0) x = add(x, tokenTypeRows(tokenTypeIds, at('tokenType.weight')));
  x = add(x, positionRows(config, inputIds, at('position.weight')));
  const rows = reshape(x, [-1, config.embeddingSize]);
  const normalized = layerNorm(rows, at('norm.weight'), at('norm.bias'), config.layerNormEpsilon);
  const dropped = drop(normalized, 'embeddings', 0);
  if (!hasProjection(config)) return { wordRows, hiddenStates: dropped };
  return { wordRows, hiddenStates: linear(dropped, at('projection.weight'), at('projection.bias')) };
}
