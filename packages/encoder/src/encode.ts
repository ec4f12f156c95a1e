import { add, cast, dimensionAt, expandDims, mul, reshape, sub, type Value } from '@sentence-mtl/program';
import { dropsFor } from './dropout-sites.ts';
import { embedTokens, type Embedded } from './embeddings.ts';
import { maximumLength, type EncoderConfig } from './encoder-config.ts';
import type { EncoderInputs, ParametersAt } from './encoder-inputs.ts';
import { postNormLayer } from './post-norm-layer.ts';
import { relativePositionBias } from './relative-position.ts';

/** Far below any score, so that the share of a masked token is exactly 0. */
const MASKED = 1e9;

export interface EncodeOptions {
  readonly parameters: ParametersAt;
  /** int32 (2), as `dropoutKey` gives; left out, nothing is dropped. */
  readonly dropoutKey?: Value | undefined;
}

export interface Encoded extends Pick<Embedded, 'wordRows'> {
  /** What enters the first layer and what leaves each, (B·T, D): one more than there are layers. */
  readonly hiddenStates: readonly Value<'float32'>[];
  /** What leaves the last layer, (B, T, D). */
  readonly tokenEmbeddings: Value<'float32'>;
}

/** 0 for tokens and far below 0 for padding, plus what distances add: broadcasts to (B, H, T, T). */
function attentionBias(config: EncoderConfig, attentionMask: Value, parameters: ParametersAt): Value {
  const [batch, sequence] = [dimensionAt(attentionMask.shape, 0), dimensionAt(attentionMask.shape, 1)];
  const mask = reshape(cast(attentionMask, 'float32'), [batch, 1, 1, sequence]);
  const padding = mul(sub(mask, 1), MASKED);
  if (config.relativePositionBuckets === 0) return padding;
  const distance = relativePositionBias(parameters('encoder.relativePosition.weight'), sequence, maximumLength(config));
  return add(padding, expandDims(distance, 0));
}

/**
 * Layers `from` to the last on hidden states that were computed before, of which the first is (B·T, D): the rest of
 * an encoder whose lower layers are frozen.
 *
 * @returns the states given and what leaves each layer
 */
export function encodeLayers(
  config: EncoderConfig,
  hiddenStates: Value<'float32'>,
  attentionMask: Value,
  from: number,
  { parameters, dropoutKey }: EncodeOptions,
): readonly Value<'float32'>[] {
  const [batch, sequence] = [dimensionAt(attentionMask.shape, 0), dimensionAt(attentionMask.shape, 1)];
  const bias = attentionBias(config, attentionMask, parameters);
  const context = { batch, sequence, bias, drop: dropsFor(config, dropoutKey) };
  const states = [hiddenStates];
  let x = hiddenStates;
  for (let index = from; index < config.layerCount; index++) {
    x = postNormLayer(x, index, config, parameters, context);
    states.push(x);
  }
  return states;
}

/** A whole encoder: token ids to token embeddings, computed on rows so that each product is one plain product. */
export function encode(config: EncoderConfig, inputs: EncoderInputs, options: EncodeOptions): Encoded {
  const { attentionMask } = inputs;
  const [batch, sequence] = [dimensionAt(attentionMask.shape, 0), dimensionAt(attentionMask.shape, 1)];
  const drop = dropsFor(config, options.dropoutKey);
  const embedded = embedTokens(config, inputs, options.parameters, drop);
  const hiddenStates = encodeLayers(config, embedded.hiddenStates, attentionMask, 0, options);
  const last = hiddenStates.at(-1) ?? embedded.hiddenStates;
  return {
    wordRows: embedded.wordRows,
    hiddenStates,
    tokenEmbeddings: reshape(last, [batch, sequence, config.hiddenSize]),
  };
}
