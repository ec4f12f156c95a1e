// The paths of every architecture, as the encoder package names them: each has a group, and freezes as it should.
import { ARCHITECTURES, parameterSpecs, parseEncoderConfig, type Architecture } from '@sentence-mtl/encoder';
import { expect, test } from 'vitest';
import { planFreezing, trainedPaths } from './freeze-plan.ts';
import type { FreezeStrategy } from './freeze-strategy.ts';
import { frozenPrefix } from './frozen-prefix.ts';
import type { ModelOutline } from './model-parts.ts';
import { groupOf } from './parameter-place.ts';
import { bitFit } from './strategies/bit-fit.ts';
import { freezeEmbeddings } from './strategies/freeze-embeddings.ts';
import { freezeEncoder } from './strategies/freeze-encoder.ts';
import { freezeLayersBelow } from './strategies/freeze-layers-below.ts';
import { layerNormOnly } from './strategies/layer-norm-only.ts';

const LAYERS = 3;

const config = (architecture: Architecture): Record<string, unknown> => ({
  model_type: architecture,
  vocab_size: 50,
  hidden_size: 8,
  dim: 8,
  embedding_size: 4,
  num_attention_heads: 2,
  n_heads: 2,
  num_hidden_layers: LAYERS,
  n_layers: LAYERS,
  intermediate_size: 16,
  hidden_dim: 16,
  max_position_embeddings: 20,
  type_vocab_size: 2,
  pad_token_id: 1,
});

function outlineOf(architecture: Architecture): ModelOutline {
  const encoder = parseEncoderConfig(config(architecture));
  const parameters = new Map<string, { readonly shape: readonly number[] }>(parameterSpecs(encoder));
  for (const name of ['weight', 'bias']) parameters.set(`heads.intent.output.${name}`, { shape: [3] });
  return { parameters, layerCount: encoder.layerCount };
}

/** Paths outside the layers, by what an architecture has of its own. */
const NORM = ['norm.weight', 'norm.bias'];
const PROJECTION = ['projection.weight', 'projection.bias'];
const TABLES = ['word.weight', 'position.weight', 'tokenType.weight'];
const embeddings: Readonly<Record<Architecture, readonly string[]>> = {
  bert: [...TABLES, ...NORM],
  distilbert: [...TABLES.slice(0, 2), ...NORM],
  roberta: [...TABLES, ...NORM],
  'xlm-roberta': [...TABLES, ...NORM],
  mpnet: [...TABLES.slice(0, 2), ...NORM],
  electra: [...TABLES, ...NORM, ...PROJECTION],
  albert: [...TABLES, ...NORM, ...PROJECTION],
};

/** The paths below `encoder.layers.<i>.`. */
const LAYER = ['query', 'key', 'value', 'output', 'norm']
  .map((name) => `attention.${name}`)
  .concat(['up', 'down', 'norm'].map((name) => `feedForward.${name}`))
  .flatMap((path) => [`${path}.weight`, `${path}.bias`]);

const layersOf = (architecture: Architecture): number => (architecture === 'albert' ? 1 : LAYERS);

test.each(ARCHITECTURES)('%s: every path is in the group that is written here', (architecture) => {
  const layers = Array.from({ length: layersOf(architecture) }, (_, i) => [`layers.${i}`, `encoder.layers.${i}.`]);
  const relative = architecture === 'mpnet' ? ['encoder.relativePosition.weight'] : [];
  const expected = new Map([
    ['embeddings', [...embeddings[architecture].map((name) => `encoder.embeddings.${name}`), ...relative]],
    ...layers.map(([group = '', prefix = '']) => [group, LAYER.map((name) => prefix + name)] as const),
    ['heads.intent', ['heads.intent.output.weight', 'heads.intent.output.bias']],
  ]);
  const groups = new Map<string, string[]>();
  for (const path of outlineOf(architecture).parameters.keys()) {
    groups.set(groupOf(path), [...(groups.get(groupOf(path)) ?? []), path]);
  }
  expect(groups).toEqual(expected);
});

const trained = (strategy: FreezeStrategy, architecture: Architecture): readonly string[] => {
  const plan = planFreezing(strategy, outlineOf(architecture));
  return trainedPaths(plan.labels([]));
};

test.each(ARCHITECTURES)('%s: strategies train what they say', (architecture) => {
  const layers = layersOf(architecture);
  const own = embeddings[architecture];
  const counts = [
    [freezeEncoder(), 2],
    [freezeEmbeddings(), 16 * layers + 2],
    [freezeLayersBelow(LAYERS), 2],
    // Eight biases a layer; heads train whole.
    [bitFit(), 8 * layers + own.filter((name) => name.endsWith('bias')).length + 2],
    // Two normalisations a layer, with weight and bias.
    [layerNormOnly(), 4 * layers + 2 + 2],
  ] as const;
  for (const [strategy, count] of counts) expect(trained(strategy, architecture), strategy.name).toHaveLength(count);
});

test.each(ARCHITECTURES)('%s: the lowest layers that can be frozen alone are a prefix', (architecture) => {
  const { parameters, layerCount = 0 } = outlineOf(architecture);
  for (let k = 0; k <= LAYERS; k++) {
    const plan = (): number => {
      return frozenPrefix(planFreezing(freezeLayersBelow(k), { parameters, layerCount }).labels([]), layerCount).layers;
    };
    if (architecture === 'albert' && k > 0 && k < LAYERS) expect(plan).toThrow('share one set of parameters');
    else expect(plan()).toBe(k);
  }
});
