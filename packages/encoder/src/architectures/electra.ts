import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import { readBertLike } from './bert-like.ts';

/** ELECTRA (Clark et al. 2020): BERT whose embeddings may be narrower than its layers. */
export function readElectra(reader: ConfigReader): EncoderConfig {
  return { ...readBertLike(reader, 'electra'), embeddingSize: reader.size('embedding_size', 128) };
}
