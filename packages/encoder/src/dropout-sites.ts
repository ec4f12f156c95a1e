import { dropout, type Value } from '@sentence-mtl/program';
import type { DropoutRates, EncoderConfig } from './encoder-config.ts';

/** Drops elements at a place of the encoder, or does nothing outside training. */
export type Drop = (x: Value<'float32'>, place: keyof DropoutRates, layer: number) => Value<'float32'>;

const PLACES: readonly (keyof DropoutRates)[] = ['embeddings', 'attention', 'attentionOutput', 'feedForward'];

/**
 * Dropout whose sites are numbered by layer and place, so that a layer drops the same whether those below it run in
 * the same program or not.
 */
export function dropsFor({ dropout: rates }: EncoderConfig, key: Value | undefined): Drop {
  return (x, place, layer) => {
    const rate = rates[place];
    if (key === undefined || rate === 0) return x;
    return dropout(x, rate, key, layer * PLACES.length + PLACES.indexOf(place));
  };
}
