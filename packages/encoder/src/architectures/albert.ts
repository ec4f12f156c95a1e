import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import { readBertLike } from './bert-like.ts';
import type { ModuleNames } from './module-names.ts';

/** ALBERT (Lan et al. 2019): narrow embeddings with a projection, and one layer's parameters for all layers. */
export function readAlbert(reader: ConfigReader): EncoderConfig {
  reader.requireValue('num_hidden_groups', 1, 'one group of layers');
  reader.requireValue('inner_group_num', 1, 'one layer a group');
  const common = readBertLike(reader, 'albert');
  const hiddenDropout = reader.rate('hidden_dropout_prob', 0);
  return {
    ...common,
    embeddingSize: reader.size('embedding_size', 128),
    sharedLayers: true,
    activation: reader.activation('hidden_act', 'gelu_new'),
    dropout: {
      embeddings: hiddenDropout,
      attention: reader.rate('attention_probs_dropout_prob', 0),
      attentionOutput: hiddenDropout,
      feedForward: 0,
    },
  };
}

const LAYER = 'encoder.albert_layer_groups.*.albert_layers.0';

export const albertNames: ModuleNames = {
  'embeddings.word': 'embeddings.word_embeddings',
  'embeddings.position': 'embeddings.position_embeddings',
  'embeddings.tokenType': 'embeddings.token_type_embeddings',
  'embeddings.norm': 'embeddings.LayerNorm',
  'embeddings.projection': 'encoder.embedding_hidden_mapping_in',
  'layers.*.attention.query': `${LAYER}.attention.query`,
  'layers.*.attention.key': `${LAYER}.attention.key`,
  'layers.*.attention.value': `${LAYER}.attention.value`,
  'layers.*.attention.output': `${LAYER}.attention.dense`,
  'layers.*.attention.norm': `${LAYER}.attention.LayerNorm`,
  'layers.*.feedForward.up': `${LAYER}.ffn`,
  'layers.*.feedForward.down': `${LAYER}.ffn_output`,
  'layers.*.feedForward.norm': `${LAYER}.full_layer_layer_norm`,
};
