import { expect, test } from 'vitest';
import { isBias, isNormalization } from './parameter-roles.ts';

test.each([
  ['encoder.layers.3.attention.query.weight', false, false],
  ['encoder.layers.3.attention.query.bias', true, false],
  ['encoder.layers.3.feedForward.norm.weight', false, true],
  ['encoder.layers.3.feedForward.norm.bias', true, true],
  ['encoder.embeddings.layerNorm.weight', false, true],
  ['heads.norm.output.weight', false, false],
  ['heads.norm.logitScale', false, false],
  ['heads.bias.output.weight', false, false],
  ['bias', true, false],
  ['norm', false, false],
])('%s: a bias %o, of a normalisation %o', (path, bias, normalization) => {
  expect([isBias(path), isNormalization(path)]).toEqual([bias, normalization]);
});
