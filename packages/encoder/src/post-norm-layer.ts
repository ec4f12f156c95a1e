import { add, layerNorm, linear, type Value } from '@sentence-mtl/program';
import { activate } from './activation.ts';
import { selfAttention, type AttentionContext } from './attention.ts';
import type { Drop } from './dropout-sites.ts';
import type { EncoderConfig } from './encoder-config.ts';
import type { ParametersAt } from './encoder-inputs.ts';
import { parameterLayer } from './parameter-specs.ts';

/** What all layers of a run share. */
export type LayerContext = Omit<AttentionContext, 'dropShares'> & { readonly drop: Drop };

/**
 * The transformer layer of the BERT family, normalised after each half: attention, then the feed-forward part, each
 * added to its input. (B·T, D) → (B·T, D)
 */
export function postNormLayer(
  x: Value<'float32'>,
  index: number,
  config: EncoderConfig,
  parameters: ParametersAt,
  { drop, ...context }: LayerContext,
): Value<'float32'> {
  const at: ParametersAt = (name) => parameters(`encoder.layers.${parameterLayer(config, index)}.${name}`);
  const norm = (y: Value<'float32'>, name: string): Value<'float32'> =>
    layerNorm(y, at(`${name}.weight`), at(`${name}.bias`), config.layerNormEpsilon);
  const dropShares: AttentionContext['dropShares'] = (shares) => drop(shares, 'attention', index);
  const attended = selfAttention(x, (name) => at(`attention.${name}`), config, { ...context, dropShares });
  const middle = norm(add(drop(attended, 'attentionOutput', index), x), 'attention.norm');
  const up = activate(linear(middle, at('feedForward.up.weight'), at('feedForward.up.bias')), config.activation);
  const down = linear(up, at('feedForward.down.weight'), at('feedForward.down.bias'));
  return norm(add(drop(down, 'feedForward', index), middle), 'feedForward.norm');
}
