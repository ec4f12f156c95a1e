import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import type { ModuleNames } from './module-names.ts';

const DEFAULT_DROPOUT = 0.1;

/** DistilBERT (Sanh et al. 2019): BERT without token types, and without dropout after attention. */
export function readDistilBert(reader: ConfigReader): EncoderConfig {
  const hiddenSize = reader.size('dim', 768);
  const dropout = reader.rate('dropout', DEFAULT_DROPOUT);
  return {
    architecture: 'distilbert',
    vocabularySize: reader.size('vocab_size', 30522),
    positionCount: reader.size('max_position_embeddings', 512),
    positionScheme: 'absolute',
    padTokenId: reader.integer('pad_token_id', { least: 0 }, 0),
    tokenTypeCount: 0,
    embeddingSize: hiddenSize,
    hiddenSize,
    headCount: reader.size('n_heads', 12),
    layerCount: reader.layers('n_layers', 6),
    sharedLayers: false,
    intermediateSize: reader.size('hidden_dim', 3072),
    activation: reader.activation('activation', 'gelu'),
    layerNormEpsilon: 1e-12,
    relativePositionBuckets: 0,
    dropout: {
      embeddings: dropout,
      attention: reader.rate('attention_dropout', DEFAULT_DROPOUT),
      attentionOutput: 0,
      feedForward: dropout,
    },
    initializerRange: reader.positive('initializer_range', 0.02),
  };
}

export const distilbertNames: ModuleNames = {
  'embeddings.word': 'embeddings.word_embeddings',
  'embeddings.position': 'embeddings.position_embeddings',
  'embeddings.norm': 'embeddings.LayerNorm',
  'layers.*.attention.query': 'transformer.layer.*.attention.q_lin',
  'layers.*.attention.key': 'transformer.layer.*.attention.k_lin',
  'layers.*.attention.value': 'transformer.layer.*.attention.v_lin',
  'layers.*.attention.output': 'transformer.layer.*.attention.out_lin',
  'layers.*.attention.norm': 'transformer.layer.*.sa_layer_norm',
  'layers.*.feedForward.up': 'transformer.layer.*.ffn.lin1',
  'layers.*.feedForward.down': 'transformer.layer.*.ffn.lin2',
  'layers.*.feedForward.norm': 'transformer.layer.*.output_layer_norm',
};
