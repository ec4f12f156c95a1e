import {
  add,
  cast,
  dimensionAt,
  gather,
  gelu,
  layerNorm,
  linear,
  mul,
  reshape,
  slice,
  sub,
  type Value,
} from '@sentence-mtl/program';
import { selfAttention, type AttentionContext, type ParametersAt } from './attention.ts';
import type { EncoderConfig } from './encoder-config.ts';
import type { Drop } from './random-drops.ts';

/** Far below any score, so that a masked token's share is exactly 0. */
const MASKED = 1e9;

export interface EncoderInputs {
  /** int32 (B, T) */
  readonly inputIds: Value;
  /** int32 (B, T): 1 for a token, 0 for padding. */
  readonly attentionMask: Value;
  readonly parameters: ParametersAt;
  readonly drop: Drop;
}

export interface EncoderOutputs {
  /** The rows of the word table that were looked up, where its gradient is taken. (B·T, D) */
  readonly wordRows: Value;
  /** (B·T, D) */
  readonly hiddenStates: Value;
}

/** Word, position and segment embeddings added up and normalised. */
function embed(config: EncoderConfig, { inputIds, parameters, drop }: EncoderInputs): EncoderOutputs {
  const [batch, sequence] = [dimensionAt(inputIds.shape, 0), dimensionAt(inputIds.shape, 1)];
  const wordRows = gather(parameters('embeddings.word.weight'), reshape(inputIds, [-1]));
  const positions = slice(parameters('embeddings.position.weight'), 0, 0, sequence); // (T, D)
  let x = add(reshape(wordRows, [batch, sequence, config.hiddenSize]), positions);
  if (config.segments > 0) x = add(x, slice(parameters('embeddings.segment.weight'), 0, 0, 1));
  const rows = reshape(x, [-1, config.hiddenSize]);
  const [gamma, beta] = [parameters('embeddings.norm.weight'), parameters('embeddings.norm.bias')];
  return { wordRows, hiddenStates: drop(layerNorm(rows, gamma, beta, config.layerNormEpsilon)) };
}

/** One transformer layer, normalised after each half as in the original BERT. */
function layer(x: Value, at: ParametersAt, config: EncoderConfig, context: AttentionContext): Value {
  const norm = (y: Value, path: string): Value =>
    layerNorm(y, at(`${path}.weight`), at(`${path}.bias`), config.layerNormEpsilon);
  const { drop } = context;
  const attended = selfAttention(x, (path) => at(`attention.${path}`), context);
  const dropped = config.architecture === 'bert' ? drop(attended) : attended;
  const middle = norm(add(dropped, x), 'attention.norm');
  const up = gelu(linear(middle, at('feedForward.up.weight'), at('feedForward.up.bias')));
  const down = linear(up, at('feedForward.down.weight'), at('feedForward.down.bias'));
  return norm(add(drop(down), middle), 'feedForward.norm');
}

/** Token ids to hidden states: embeddings, then layers, computed on rows so that each product is one plain product. */
export function encode(config: EncoderConfig, inputs: EncoderInputs): EncoderOutputs {
  const { inputIds, attentionMask, parameters, drop } = inputs;
  const [batch, sequence] = [dimensionAt(inputIds.shape, 0), dimensionAt(inputIds.shape, 1)];
  const { wordRows, hiddenStates: embedded } = embed(config, inputs);
  const mask = reshape(cast(attentionMask, 'float32'), [batch, 1, 1, sequence]);
  const context = { batch, sequence, heads: config.heads, bias: mul(sub(mask, 1), MASKED), drop };
  let hiddenStates = embedded;
  for (let i = 0; i < config.layers; i++) {
    hiddenStates = layer(hiddenStates, (path) => parameters(`layers.${i}.${path}`), config, context);
  }
  return { wordRows, hiddenStates };
}
