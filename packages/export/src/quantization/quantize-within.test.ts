import { float32Tensor } from '@sentence-mtl/core';
import { programModel, type OnnxModel } from '@sentence-mtl/onnx';
import { constant, defineProgram, float32, linear, type Value } from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import { quantizeWithin, type QuantizedGraph } from './quantize-within.ts';

const LAYERS = ['attention.query', 'attention.output', 'feedForward.up'];

const weight = (name: string): Value =>
  constant(
    float32Tensor(
      Float32Array.from({ length: 16 }, (_, i) => Math.cos(i) + name.length),
      [4, 4],
    ),
    name,
  );
const bias = (name: string): Value => constant(float32Tensor([0, 1, 2, 3], [4]), name);

/** Two layers and a head, of which only the names matter. */
const graph = programModel(
  defineProgram({ x: float32('batch', 4) }, ({ x }) => {
    const names = [0, 1].flatMap((layer) => LAYERS.map((name) => `encoder.layers.${layer}.${name}`));
    const apply = (y: Value, name: string): Value => linear(y, weight(`${name}.weight`), bias(`${name}.bias`));
    return { y: [...names, 'heads.intent.output'].reduce<Value>(apply, x) };
  }),
  { target: 'portable' },
);

const int8In = ({ initializers }: OnnxModel): readonly string[] =>
  initializers.flatMap(({ name, type }) => (type === 'int8' ? [name.replace('.weight_quantized', '')] : []));

/** Quantises where each weight in int8 has a price of its own, and counts how often a graph was measured. */
async function quantizeFor(
  prices: Readonly<Record<string, number>>,
  limit: number,
): Promise<{ readonly found: QuantizedGraph<number>; readonly measured: number }> {
  let measured = 0;
  const found = await quantizeWithin<number>(graph, {
    measure: async (candidate) => {
      measured++;
      return Promise.resolve(int8In(candidate).reduce((sum, name) => sum + (prices[name] ?? 0), 0));
    },
    isNear: (price) => price <= limit,
    costOf: (price) => price,
  });
  return { found, measured };
}

test('where the whole encoder in int8 is near enough, nothing is excluded, and one graph is measured', async () => {
  const { found, measured } = await quantizeFor({}, 0);
  expect(found).toMatchObject({ isNear: true, excluded: [], difference: 0 });
  expect(measured).toBe(1);
  expect(int8In(found.model)).toHaveLength(6);
  expect(int8In(found.model).join()).not.toContain('heads');
});

test('else the dearest layers stay float32, no more than are needed, an attention as a whole', async () => {
  const prices = {
    'encoder.layers.0.feedForward.up': 5,
    'encoder.layers.1.attention.output': 3,
    'encoder.layers.1.attention.query': 1,
    'encoder.layers.0.attention.query': 2,
  };
  const excludedWithin = async (limit: number): Promise<readonly string[]> =>
    (await quantizeFor(prices, limit)).found.excluded.map((name) => name.replace('encoder.layers.', ''));
  expect(await excludedWithin(6)).toEqual(['0.feedForward.up.weight']);
  expect(await excludedWithin(3)).toEqual([
    '0.feedForward.up.weight',
    '1.attention.query.weight',
    '1.attention.output.weight',
  ]);
  const { found } = await quantizeFor(prices, 3);
  expect(found).toMatchObject({ isNear: true, difference: 2 });
  expect(int8In(found.model)).toHaveLength(3);
});

test('where nothing is near enough, that is said of the graph with nothing left to exclude', async () => {
  const { found } = await quantizeFor({}, -1);
  expect(found.isNear).toBe(false);
  expect(int8In(found.model)).toEqual([]);
});
