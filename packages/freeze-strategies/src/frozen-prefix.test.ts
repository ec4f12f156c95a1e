import { describe, expect, test } from 'vitest';
import type { FreezeStrategy } from './freeze-strategy.ts';
import { frozenPrefix, type FrozenPrefix } from './frozen-prefix.ts';
import { labelsAt, outline } from './outline.test.support.ts';
import { bitFit } from './strategies/bit-fit.ts';
import { freezeAll } from './strategies/freeze-all.ts';
import { freezeEmbeddings } from './strategies/freeze-embeddings.ts';
import { freezeEncoder } from './strategies/freeze-encoder.ts';
import { freezeLayersBelow } from './strategies/freeze-layers-below.ts';
import { freezePattern } from './strategies/freeze-pattern.ts';
import { trainAll } from './strategies/train-all.ts';

const prefix = (embeddings: boolean, layers: number, sentenceEmbedding = false): FrozenPrefix => {
  return { embeddings, layers, sentenceEmbedding };
};

test.each<[FreezeStrategy, FrozenPrefix]>([
  [trainAll(), prefix(false, 0)],
  [freezeEmbeddings(), prefix(true, 0)],
  [freezeLayersBelow(2), prefix(true, 2)],
  [freezeLayersBelow(3), prefix(true, 3)],
  // The dense layer of pooling trains.
  [freezeLayersBelow(4), prefix(true, 4)],
  [freezeEncoder(), prefix(true, 4, true)],
  [freezeAll(), prefix(true, 4, true)],
  // A layer with a bias that trains is not frozen.
  [bitFit(), prefix(false, 0)],
  [freezePattern('encoder.embeddings.**', 'encoder.layers.0.**', 'encoder.layers.2.**'), prefix(true, 1)],
  [freezePattern('encoder.layers.**'), prefix(false, 0)],
])('%o', (strategy, expected) => {
  expect(frozenPrefix(labelsAt(strategy, outline(4)), 4)).toEqual(expected);
});

test('layers that share parameters are all in it or none', () => {
  expect(frozenPrefix(labelsAt(freezeLayersBelow(12), outline(1, 12)), 12)).toEqual(prefix(true, 12));
  expect(frozenPrefix(labelsAt(freezeEmbeddings(), outline(1, 12)), 12)).toEqual(prefix(true, 0));
});

describe('what every layer reads', () => {
  const { parameters } = outline(4);
  const shape = { shape: [4, 3] };
  const mpnet = { parameters: new Map([...parameters, ['encoder.relativePosition.weight', shape]]) };
  const unknown = { parameters: new Map([...parameters, ['encoder.rotation.weight', shape]]) };

  test('keeps the layers out of it while it trains: relative positions do not change the embeddings', () => {
    expect(frozenPrefix(labelsAt(freezeLayersBelow(2), mpnet), 4)).toEqual(prefix(true, 2));
    const all = freezePattern('encoder.embeddings.**', 'encoder.layers.**');
    expect(frozenPrefix(labelsAt(all, mpnet), 4)).toEqual(prefix(true, 0));
  });

  test('is whatever of the encoder is no layer', () => {
    expect(frozenPrefix(labelsAt(freezeLayersBelow(2), unknown), 4)).toEqual(prefix(false, 0));
  });
});
