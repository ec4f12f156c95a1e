import type { ConfigReader } from '../config-reader.ts';
import type { Architecture, EncoderConfig } from '../encoder-config.ts';

const DEFAULT_DROPOUT = 0.1;

/** What the configs of BERT and its descendants have in common, under the keys they share. */
export function readBertLike(reader: ConfigReader, architecture: Architecture): EncoderConfig {
  reader.requireValue('position_embedding_type', 'absolute', 'learned positions');
  reader.requireValue('is_decoder', false, 'encoders');
  const hiddenSize = reader.size('hidden_size');
  const hiddenDropout = reader.rate('hidden_dropout_prob', DEFAULT_DROPOUT);
  return {
    architecture,
    vocabularySize: reader.size('vocab_size'),
    positionCount: reader.size('max_position_embeddings'),
    positionScheme: 'absolute',
    padTokenId: reader.integer('pad_token_id', { least: 0 }, 0),
    tokenTypeCount: reader.integer('type_vocab_size', { least: 0, most: 1024 }, 2),
    embeddingSize: hiddenSize,
    hiddenSize,
    headCount: reader.size('num_attention_heads'),
    layerCount: reader.layers('num_hidden_layers'),
    sharedLayers: false,
    intermediateSize: reader.size('intermediate_size'),
    activation: reader.activation('hidden_act', 'gelu'),
    layerNormEpsilon: reader.positive('layer_norm_eps', 1e-12),
    relativePositionBuckets: 0,
    dropout: {
      embeddings: hiddenDropout,
      attention: reader.rate('attention_probs_dropout_prob', DEFAULT_DROPOUT),
      attentionOutput: hiddenDropout,
      feedForward: hiddenDropout,
    },
    initializerRange: reader.positive('initializer_range', 0.02),
  };
}
