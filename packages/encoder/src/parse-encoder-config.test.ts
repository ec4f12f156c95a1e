import { describe, expect, it } from 'vitest';
import { EncoderConfigError } from './config-error.ts';
import { maximumLength } from './encoder-config.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';

const BERT = {
  model_type: 'bert',
  vocab_size: 100,
  hidden_size: 32,
  num_attention_heads: 4,
  num_hidden_layers: 2,
  intermediate_size: 64,
  max_position_embeddings: 64,
};

const refused: Readonly<Record<string, readonly [json: unknown, message: string]>> = {
  'no object': [[], 'config.json is not an object of settings'],
  'an unknown architecture': [
    { ...BERT, model_type: 'deberta-v2' },
    'model_type "deberta-v2" is not supported; supported are bert, distilbert, roberta, xlm-roberta, mpnet, electra, albert',
  ],
  'a mistyped architecture': [{ ...BERT, model_type: 'distillbert' }, 'albert; did you mean "distilbert"?'],
  'no architecture': [{ ...BERT, model_type: undefined }, 'model_type null is not supported'],
  'an inherited name': [{ ...BERT, hidden_act: 'toString' }, '"hidden_act" is "toString", which is not supported'],
  'an unknown activation': [
    { ...BERT, hidden_act: 'gelu_fast' },
    'config.json: "hidden_act" is "gelu_fast", which is not supported; supported are gelu, gelu_new, gelu_pytorch_tanh, relu, silu, swish',
  ],
  'relative positions': [
    { ...BERT, position_embedding_type: 'relative_key' },
    '"position_embedding_type" is "relative_key", which is not supported; supported is "absolute" (learned positions)',
  ],
  'a decoder': [{ ...BERT, is_decoder: true }, '"is_decoder" is true, which is not supported'],
  'a missing size': [{ ...BERT, hidden_size: undefined }, '"hidden_size" is missing'],
  'a size in words': [
    { ...BERT, hidden_size: '32' },
    '"hidden_size" is "32"; it must be a whole number from 1 to 16777216',
  ],
  'a size beyond memory': [
    { ...BERT, vocab_size: 1e15 },
    '"vocab_size" is 1000000000000000; it must be a whole number',
  ],
  'a broken size': [{ ...BERT, num_hidden_layers: 1.5 }, '"num_hidden_layers" is 1.5; it must be a whole number'],
  'layers without end': [
    { ...BERT, num_hidden_layers: 2 ** 24 },
    '"num_hidden_layers" is 16777216; it must be a whole number from 1 to 1000',
  ],
  'heads that do not divide': [
    { ...BERT, num_attention_heads: 5 },
    'the hidden size 32 is not a multiple of the 5 attention heads',
  ],
  'a dropout of 1': [{ ...BERT, hidden_dropout_prob: 1 }, '"hidden_dropout_prob" is 1; a dropout rate is below 1'],
  'an epsilon of 0': [{ ...BERT, layer_norm_eps: 0 }, '"layer_norm_eps" is 0; it must be above 0'],
  'a padding id outside the vocabulary': [
    { ...BERT, pad_token_id: 100 },
    '"pad_token_id" is 100, outside the vocabulary of 100',
  ],
  'no room for positions': [
    { ...BERT, model_type: 'roberta', pad_token_id: 70 },
    '"max_position_embeddings" is 64; the first 71 are never used',
  ],
  'groups of layers': [{ ...BERT, model_type: 'albert', num_hidden_groups: 2 }, 'supported is 1 (one group of layers)'],
};

describe('parseEncoderConfig refuses', () => {
  it.each(Object.entries(refused))('%s', (_what, [json, message]) => {
    expect(() => parseEncoderConfig(json)).toThrow(EncoderConfigError);
    expect(() => parseEncoderConfig(json)).toThrow(message);
  });
});

describe('parseEncoderConfig', () => {
  it('names the file in its messages', () => {
    expect(() => parseEncoderConfig({}, 'model/config.json')).toThrow('model/config.json: model_type');
  });

  it('knows how long a text may be', () => {
    expect(maximumLength(parseEncoderConfig(BERT))).toBe(64);
    expect(maximumLength(parseEncoderConfig({ ...BERT, model_type: 'roberta', pad_token_id: 1 }))).toBe(62);
  });
});
