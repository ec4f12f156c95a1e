import type { ConfigReader } from '../config-reader.ts';
import type { EncoderConfig } from '../encoder-config.ts';
import { readBertLike } from './bert-like.ts';
import type { ModuleNames } from './module-names.ts';

/** BERT (Devlin et al. 2018). */
export function readBert(reader: ConfigReader): EncoderConfig {
  return readBertLike(reader, 'bert');
}

/** The names of Hugging Face's BertModel, which RoBERTa and ELECTRA share. */
export const bertNames: ModuleNames = {
  'embeddings.word': 'embeddings.word_embeddings',
  'embeddings.position': 'embeddings.position_embeddings',
  'embeddings.tokenType': 'embeddings.token_type_embeddings',
  'embeddings.norm': 'embeddings.LayerNorm',
  'embeddings.projection': 'embeddings_project',
  'layers.*.attention.query': 'encoder.layer.*.attention.self.query',
  'layers.*.attention.key': 'encoder.layer.*.attention.self.key',
  'layers.*.attention.value': 'encoder.layer.*.attention.self.value',
  'layers.*.attention.output': 'encoder.layer.*.attention.output.dense',
  'layers.*.attention.norm': 'encoder.layer.*.attention.output.LayerNorm',
  'layers.*.feedForward.up': 'encoder.layer.*.intermediate.dense',
  'layers.*.feedForward.down': 'encoder.layer.*.output.dense',
  'layers.*.feedForward.norm': 'encoder.layer.*.output.LayerNorm',
};
