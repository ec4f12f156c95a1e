import { describe, expect, it } from 'vitest';
import { ARCHITECTURES } from './encoder-config.ts';
import { fromHuggingFaceName, toHuggingFaceName } from './hugging-face-names.ts';
import { parameterSpecs } from './parameter-specs.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';

const SIZES = {
  vocab_size: 100,
  hidden_size: 32,
  num_attention_heads: 4,
  num_hidden_layers: 12,
  intermediate_size: 64,
  max_position_embeddings: 64,
  dim: 32,
  n_heads: 4,
  n_layers: 12,
  hidden_dim: 64,
  embedding_size: 16,
};

describe('names', () => {
  it.each(ARCHITECTURES)('of %s are translated there and back', (architecture) => {
    const paths = [...parameterSpecs(parseEncoderConfig({ ...SIZES, model_type: architecture })).keys()];
    const theirs = paths.map((path) => toHuggingFaceName(architecture, path));
    expect(new Set(theirs).size).toBe(paths.length);
    expect(theirs.map((name) => fromHuggingFaceName(architecture, name))).toEqual(paths);
  });

  it('are read with the prefix of a larger model, and with gamma and beta', () => {
    expect(fromHuggingFaceName('bert', 'bert.encoder.layer.11.output.LayerNorm.gamma')).toBe(
      'encoder.layers.11.feedForward.norm.weight',
    );
    expect(fromHuggingFaceName('distilbert', 'model.transformer.layer.0.ffn.lin1.bias')).toBe(
      'encoder.layers.0.feedForward.up.bias',
    );
  });

  it.each(['pooler.dense.weight', 'cls.predictions.bias', 'embeddings.position_ids', 'weight', ''])(
    'that are not the encoder’s are left alone: "%s"',
    (name) => {
      expect(fromHuggingFaceName('bert', name)).toBeUndefined();
    },
  );

  it('that do not exist are refused', () => {
    expect(() => toHuggingFaceName('distilbert', 'encoder.embeddings.tokenType.weight')).toThrow(
      '"encoder.embeddings.tokenType.weight" is not a parameter of distilbert',
    );
    expect(() => toHuggingFaceName('bert', 'toString.weight')).toThrow('is not a parameter of bert');
  });
});
