/** The sizes of a BERT-like encoder. DistilBERT is BERT without segment embeddings and with fewer dropouts. */
export interface EncoderConfig {
  readonly architecture: 'bert' | 'distilbert';
  readonly vocabularySize: number;
  readonly maxPositions: number;
  /** Rows of the segment table; 0 where there is none. */
  readonly segments: number;
  readonly hiddenSize: number;
  readonly heads: number;
  readonly layers: number;
  readonly intermediateSize: number;
  readonly layerNormEpsilon: number;
}

const DISTILBERT_EPSILON = 1e-12;

/** One number of a config.json. */
function sizeIn(json: Readonly<Record<string, unknown>>, key: string): number {
  const value = json[key];
  if (typeof value !== 'number') throw new Error(`config.json: "${key}" is ${JSON.stringify(value)}, not a number`);
  return value;
}

function readBert(json: Readonly<Record<string, unknown>>): EncoderConfig {
  return {
    architecture: 'bert',
    vocabularySize: sizeIn(json, 'vocab_size'),
    maxPositions: sizeIn(json, 'max_position_embeddings'),
    segments: sizeIn(json, 'type_vocab_size'),
    hiddenSize: sizeIn(json, 'hidden_size'),
    heads: sizeIn(json, 'num_attention_heads'),
    layers: sizeIn(json, 'num_hidden_layers'),
    intermediateSize: sizeIn(json, 'intermediate_size'),
    layerNormEpsilon: sizeIn(json, 'layer_norm_eps'),
  };
}

function readDistilBert(json: Readonly<Record<string, unknown>>): EncoderConfig {
  return {
    architecture: 'distilbert',
    vocabularySize: sizeIn(json, 'vocab_size'),
    maxPositions: sizeIn(json, 'max_position_embeddings'),
    segments: 0,
    hiddenSize: sizeIn(json, 'dim'),
    heads: sizeIn(json, 'n_heads'),
    layers: sizeIn(json, 'n_layers'),
    intermediateSize: sizeIn(json, 'hidden_dim'),
    layerNormEpsilon: DISTILBERT_EPSILON,
  };
}

/** Reads the config.json of a fixture. @throws Error for another architecture or a missing size */
export function readEncoderConfig(text: string): EncoderConfig {
  const json = JSON.parse(text) as Readonly<Record<string, unknown>>;
  switch (json['model_type']) {
    case 'bert':
      return readBert(json);
    case 'distilbert':
      return readDistilBert(json);
    default:
      throw new Error(`config.json: model_type ${JSON.stringify(json['model_type'])} is not bert or distilbert`);
  }
}
