import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import { readBertLike } from './bert-like.ts';

/** RoBERTa (Liu et al. 2019) and XLM-RoBERTa (Conneau et al. 2019): BERT whose positions count from the padding id. */
export function readRoberta(reader: ConfigReader, architecture: 'roberta' | 'xlm-roberta'): EncoderConfig {
  return {
    ...readBertLike(reader, architecture),
    positionScheme: 'afterPadding',
    padTokenId: reader.integer('pad_token_id', { least: 0 }, 1),
    tokenTypeCount: reader.integer('type_vocab_size', { least: 0, most: 1024 }, 1),
    layerNormEpsilon: reader.positive('layer_norm_eps', 1e-5),
  };
}
