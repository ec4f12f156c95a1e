import { expect, it } from 'vitest';
import { ARCHITECTURES } from './encoder-config.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';
import { uniformDropout } from './uniform-dropout.ts';

it.each(ARCHITECTURES)('of %s is what its configuration gives with that rate everywhere', (architecture) => {
  const config = parseEncoderConfig({
    model_type: architecture,
    vocab_size: 100,
    hidden_size: 32,
    dim: 32,
    num_hidden_layers: 2,
    intermediate_size: 64,
    max_position_embeddings: 64,
    num_attention_heads: 4,
    n_heads: 4,
    pad_token_id: 1,
    hidden_dropout_prob: 0.3,
    attention_probs_dropout_prob: 0.3,
    dropout: 0.3,
    attention_dropout: 0.3,
  });
  expect(uniformDropout(architecture, 0.3)).toEqual(config.dropout);
});
