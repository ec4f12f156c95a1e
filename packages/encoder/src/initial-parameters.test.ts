import { Random } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { initialParameters } from './initial-parameters.ts';
import { parameterSpecs } from './parameter-specs.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';

const config = parseEncoderConfig({
  model_type: 'bert',
  vocab_size: 100,
  hidden_size: 32,
  num_attention_heads: 4,
  num_hidden_layers: 2,
  intermediate_size: 64,
  max_position_embeddings: 64,
  pad_token_id: 3,
});

describe('initialParameters', () => {
  const parameters = initialParameters(config, Random.of(42));

  it('has every parameter in its shape', () => {
    const shapes = [...parameterSpecs(config)].map(([path, { shape }]) => [path, shape]);
    expect([...parameters].map(([path, { shape }]) => [path, shape])).toEqual(shapes);
  });

  it('gives weights the deviation of the config, and zeros to the pad row and the biases', () => {
    const word = parameters.get('encoder.embeddings.word.weight')?.data ?? new Float32Array();
    expect([...word.subarray(3 * 32, 4 * 32)]).toEqual(Array.from({ length: 32 }, () => 0));
    const deviation = Math.sqrt(word.reduce((total, value) => total + value * value, 0) / (word.length - 32));
    expect(deviation).toBeGreaterThan(0.0195);
    expect(deviation).toBeLessThan(0.0205);
    expect(parameters.get('encoder.layers.1.attention.query.bias')?.data.every((value) => value === 0)).toBe(true);
    expect(parameters.get('encoder.layers.1.attention.norm.weight')?.data.every((value) => value === 1)).toBe(true);
  });

  it('depends on the seed and on nothing else', () => {
    const again = initialParameters(config, Random.of(42));
    const deeper = initialParameters({ ...config, layerCount: 3 }, Random.of(42));
    const other = initialParameters(config, Random.of(43));
    const path = 'encoder.layers.1.feedForward.up.weight';
    expect(again.get(path)?.data).toEqual(parameters.get(path)?.data);
    expect(deeper.get(path)?.data).toEqual(parameters.get(path)?.data);
    expect(other.get(path)?.data).not.toEqual(parameters.get(path)?.data);
  });
});
