import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import { readBertLike } from './bert-like.ts';
import type { ModuleNames } from './module-names.ts';

/** MPNet (Song et al. 2020): RoBERTa's positions and, in every layer, the same bias for the distance of two tokens. */
export function readMpnet(reader: ConfigReader): EncoderConfig {
  return {
    ...readBertLike(reader, 'mpnet'),
    positionScheme: 'afterPadding',
    padTokenId: reader.integer('pad_token_id', { least: 0 }, 1),
    tokenTypeCount: 0,
    relativePositionBuckets: reader.integer('relative_attention_num_buckets', { least: 4, most: 1024 }, 32),
  };
}

export const mpnetNames: ModuleNames = {
  'embeddings.word': 'embeddings.word_embeddings',
  'embeddings.position': 'embeddings.position_embeddings',
  'embeddings.norm': 'embeddings.LayerNorm',
  relativePosition: 'encoder.relative_attention_bias',
  'layers.*.attention.query': 'encoder.layer.*.attention.attn.q',
  'layers.*.attention.key': 'encoder.layer.*.attention.attn.k',
  'layers.*.attention.value': 'encoder.layer.*.attention.attn.v',
  'layers.*.attention.output': 'encoder.layer.*.attention.attn.o',
  'layers.*.attention.norm': 'encoder.layer.*.attention.LayerNorm',
  'layers.*.feedForward.up': 'encoder.layer.*.intermediate.dense',
  'layers.*.feedForward.down': 'encoder.layer.*.output.dense',
  'layers.*.feedForward.norm': 'encoder.layer.*.output.LayerNorm',
};
