// What each strategy freezes, written out: a new strategy joins the table.
import { ArgumentError } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { UnknownPartError } from '../freeze-error.ts';
import { planFreezing } from '../freeze-plan.ts';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { labelsAt, outline, trainedAt } from '../outline.test.support.ts';
import { bitFit } from './bit-fit.ts';
import { freezeAll } from './freeze-all.ts';
import { freezeEmbeddings } from './freeze-embeddings.ts';
import { freezeEncoder } from './freeze-encoder.ts';
import { freezeHeads } from './freeze-heads.ts';
import { freezeLayersBelow } from './freeze-layers-below.ts';
import { freezePattern, trainPattern } from './freeze-pattern.ts';
import { groupRates } from './group-rates.ts';
import { layerNormOnly } from './layer-norm-only.ts';
import { layerwiseRateDecay } from './layerwise-rate-decay.ts';
import { trainAll } from './train-all.ts';

const model = outline(2);
const all = [...model.parameters.keys()];
const heads = all.filter((path) => path.startsWith('heads.'));
const without = (...patterns: readonly RegExp[]): readonly string[] => {
  return all.filter((path) => !patterns.some((pattern) => pattern.test(path)));
};

const cases: readonly (readonly [FreezeStrategy, readonly string[]])[] = [
  [trainAll(), all],
  [freezeAll(), []],
  [freezeEncoder(), heads],
  [freezeEmbeddings(), without(/embeddings/)],
  [freezeLayersBelow(0), without(/embeddings/)],
  [freezeLayersBelow(1), without(/embeddings/, /layers\.0/)],
  [freezeLayersBelow(2), without(/^encoder/)],
  [freezeHeads('sentiment'), without(/sentiment/)],
  [freezeHeads('intent', 'sentiment'), without(/^heads/)],
  [bitFit(), all.filter((path) => /^heads|bias$/.test(path))],
  [layerNormOnly(), all.filter((path) => /^heads|norm\.(?:weight|bias)$/.test(path))],
  [freezePattern('encoder.layers.*.attention.**', '**.bias'), without(/attention/, /bias/)],
  [trainPattern('encoder.layers.1.**', 'heads.**'), all.filter((path) => /layers\.1|heads/.test(path))],
  [layerwiseRateDecay(0.5), all],
  [groupRates({ 'heads.*': 2 }), all],
];

test.each(cases.map(([strategy, trains]) => ({ name: strategy.name, strategy, trains })))(
  '$name trains what it should',
  ({ strategy, trains }) => {
    expect(trainedAt(strategy, model)).toEqual(trains);
  },
);

test('the pool of parameters has a case for every part', () => {
  expect(all).toHaveLength(3 + 2 * 6 + 2 + 4);
  expect(heads).toHaveLength(4);
});

describe('rates', () => {
  const rateOf = (strategy: FreezeStrategy, path: string, of = model): unknown => labelsAt(strategy, of).get(path);

  test('biases and normalisations do not decay, whatever a factor says', () => {
    const strategy = groupRates({ '**': { decay: 3 } });
    expect(rateOf(strategy, 'encoder.layers.1.attention.query.weight')).toMatchObject({ group: 'layers.1', decay: 3 });
    expect(rateOf(strategy, 'encoder.layers.1.attention.query.bias')).toMatchObject({ decay: 0 });
    expect(rateOf(strategy, 'encoder.embeddings.norm.weight')).toMatchObject({ group: 'embeddings', decay: 0 });
  });

  test('fall from layer to layer downwards, and once more for the embeddings', () => {
    const strategy = layerwiseRateDecay(0.5);
    const paths = ['heads.intent.output.weight', 'pooling.dense.0.weight', 'encoder.layers.1.feedForward.up.weight'];
    expect(paths.map((path) => rateOf(strategy, path))).toMatchObject([{ rate: 1 }, { rate: 1 }, { rate: 1 }]);
    expect(rateOf(strategy, 'encoder.layers.0.feedForward.up.weight')).toMatchObject({ rate: 0.5 });
    expect(rateOf(strategy, 'encoder.embeddings.word.weight')).toMatchObject({ rate: 0.25 });
  });

  test.each([
    // ELECTRA's _get_layer_lrs: factor ** (layers + 2 - depth), depth 0 for embeddings and i + 1 for layer i.
    ['ELECTRA', layerwiseRateDecay(0.8, { topDistance: 2 }), [0.8 ** 4, 0.8 ** 3, 0.8 ** 2]],
    // ULMFiT: each layer group has the rate of the one above divided by 2.6, heads being the top group.
    ['ULMFiT', layerwiseRateDecay(1 / 2.6, { topDistance: 1 }), [2.6 ** -3, 2.6 ** -2, 2.6 ** -1]],
  ])('are those of %s, by the distance of the top layer', (_, strategy, expected) => {
    const groups = ['encoder.embeddings.word', 'encoder.layers.0.feedForward.up', 'encoder.layers.1.feedForward.up'];
    const labels = labelsAt(strategy, model);
    groups.forEach((path, i) => {
      const label = labels.get(`${path}.weight`);
      expect(label === 'frozen' ? NaN : label?.rate).toBeCloseTo(expected[i] ?? NaN, 12);
    });
    expect(labels.get('heads.intent.output.bias')).toMatchObject({ rate: 1 });
  });

  test('of layers that share parameters are those of the top layer', () => {
    const strategy = layerwiseRateDecay(0.5);
    expect(rateOf(strategy, 'encoder.layers.0.feedForward.up.weight', outline(1, 12))).toMatchObject({ rate: 1 });
    expect(rateOf(strategy, 'encoder.embeddings.word.weight', outline(1, 12))).toMatchObject({ rate: 0.5 });
  });

  test('of a group by its own name go before those of a pattern, and an earlier pattern before a later', () => {
    const strategy = groupRates({ '**': 3, 'layers.*': 5, 'layers.1': 0.1 });
    expect(rateOf(strategy, 'encoder.layers.1.feedForward.up.weight')).toMatchObject({ rate: 0.1 });
    expect(rateOf(strategy, 'encoder.layers.0.feedForward.up.weight')).toMatchObject({ rate: 3 });
    expect(rateOf(strategy, 'heads.intent.output.weight')).toMatchObject({ rate: 3, decay: 1 });
  });
});

describe('layers that share their parameters', () => {
  const shared = outline(1, 12);

  test('freeze together or not at all', () => {
    expect(trainedAt(freezeLayersBelow(12), shared).filter((path) => path.startsWith('encoder'))).toEqual([]);
    expect(trainedAt(freezeLayersBelow(0), shared)).toContain('encoder.layers.0.feedForward.up.weight');
    expect(() => trainedAt(freezeLayersBelow(3), shared)).toThrow(
      'freezeLayersBelow(3): the 12 layers of this model share one set of parameters, which freeze together; k is 0',
    );
  });
});

describe('what a model does not have is refused', () => {
  test.each<[FreezeStrategy, string]>([
    [freezeLayersBelow(3), 'freezeLayersBelow(3): the model has 2 layers; k is a whole number from 0 to 2'],
    [freezeLayersBelow(-1), 'k is a whole number from 0 to 2'],
    [freezeLayersBelow(0.5), 'k is a whole number from 0 to 2'],
    [freezeHeads('intnt'), 'the model has no head for the task "intnt"; did you mean "intent"?'],
    [freezeHeads('urgency'), 'the model has no head for the task "urgency"; there are intent, sentiment'],
    [freezePattern('encoder.layer.*.bias'), 'did you mean "layers" for "layer"?'],
    [
      trainPattern('heads.**', 'pooler.**'),
      'the pattern "pooler.**" matches no parameter; they begin with encoder, pooling',
    ],
    [groupRates({ 'layer.1': 2 }), 'the pattern "layer.1" matches no group; did you mean "layers" for "layer"?'],
  ])('%o', (strategy, message) => {
    expect(() => planFreezing(strategy, model)).toThrow(UnknownPartError);
    expect(() => planFreezing(strategy, model)).toThrow(message);
  });

  test.each<[() => unknown, string]>([
    [() => freezeHeads(), 'names no task'],
    [() => layerwiseRateDecay(0), 'the factor must be above 0 and at most 1'],
    [() => layerwiseRateDecay(NaN), 'the factor must be above 0 and at most 1'],
    [() => layerwiseRateDecay(0.9, { topDistance: -1 }), 'the distance must be a whole number'],
    [() => groupRates({ pooling: 0 }), 'a factor of "pooling" is 0; factors are finite, a rate is above 0'],
    [() => groupRates({ pooling: { decay: NaN } }), 'a factor of "pooling" is NaN'],
    [() => planFreezing(groupRates({}), model), 'no pattern of groups is given'],
    [() => planFreezing(freezePattern(), model), 'no pattern of parameters is given'],
  ])('and so are settings without a meaning: %s', (make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});

test('a name has all settings, so that it tells two strategies apart', () => {
  const names = [
    groupRates({ pooling: 2 }),
    groupRates({ pooling: { rate: 2, decay: 0 } }),
    layerwiseRateDecay(0.9),
    layerwiseRateDecay(0.9, { topDistance: 1 }),
    freezePattern('a', 'b'),
    trainPattern('a', 'b'),
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
