import { float32Tensor, int32Tensor, Random, type HostTensor } from '@sentence-mtl/core';
import {
  add,
  bindInputs,
  defineProgram,
  float32,
  gather,
  gelu,
  int32,
  layerNorm,
  linear,
  matMul,
  mul,
  reshape,
  softmax,
  type InputTypes,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { describe, expect, test } from 'vitest';
import type { OnnxTarget } from '../graph/target.ts';
import type { OnnxModel } from '../model/onnx-model.ts';
import { writeModel } from '../model/write-model.ts';
import { checkModels, python } from '../onnx-checker.test.ts';
import { programModel } from '../program-model.ts';
import { runModel } from '../run-model.test.ts';
import { toHalfPrecision } from './to-half-precision.ts';

const D = 16;
const random = Random.of(5);

function tensor(name: string, ...shape: readonly number[]): readonly [string, HostTensor<'float32'>] {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  random.split(name).fillUniform(data, -0.5, 0.5);
  return [name, float32Tensor(data, shape)];
}

/** A transformer layer in small: rows of a table, attention, a feed-forward part, each added to what it reads. */
const layer = defineProgram(
  {
    ids: int32('batch', 'sequence'),
    table: float32(20, D),
    'q.weight': float32(D, D),
    'q.bias': float32(D),
    'up.weight': float32(4 * D, D),
    'up.bias': float32(4 * D),
    'down.weight': float32(D, 4 * D),
    'down.bias': float32(D),
    scale: float32(D),
    shift: float32(D),
    'head.weight': float32(3, D),
    'head.bias': float32(3),
  },
  (x) => {
    const rows = gather(x.table, x.ids);
    const queries = linear(rows, x['q.weight'], x['q.bias']);
    const shares = softmax(matMul(queries, queries, { transposeB: true, scale: 0.25 }));
    const middle = layerNorm(add(rows, matMul(shares, queries)), x.scale, x.shift, 1e-5);
    const up = gelu(linear(middle, x['up.weight'], x['up.bias']));
    const tokens = add(middle, linear(up, x['down.weight'], x['down.bias']));
    return { tokens, queries, logits: linear(reshape(tokens, [-1, D]), x['head.weight'], x['head.bias']) };
  },
);

const weights = new Map(
  Object.entries(layer.inputs).flatMap(([name, { dtype, shape }]) =>
    dtype === 'float32' ? [tensor(name, ...(shape as readonly number[]))] : [],
  ),
);
const bound = bindInputs<InputTypes, ProgramOutputs, string>(layer, weights);
const isHead = (weight: string): boolean => weight.startsWith('head.');
const modelOf = (target: OnnxTarget, program: Program = bound): OnnxModel => programModel(program, { target });
const halved = (target: OnnxTarget): OnnxModel => toHalfPrecision(modelOf(target), { staysFloat32: isHead });
const storedAs = (model: OnnxModel): Readonly<Record<string, string>> =>
  Object.fromEntries(model.initializers.map(({ name, type }) => [name, type]));

describe.each(['portable', 'portable-20', 'runtime'] as const)('for the target %s', (target) => {
  test('a model in half precision gives nearly the same', async () => {
    const feeds = { ids: int32Tensor([3, 1, 19, 0, 7, 7], [2, 3]) };
    const [expected, actual] = [
      await runModel(writeModel(modelOf(target)), feeds),
      await runModel(writeModel(halved(target)), feeds),
    ];
    for (const [name, { data, shape }] of Object.entries(expected)) {
      expect(actual[name]).toMatchObject({ dtype: 'float32', shape });
      data.forEach((value, at) => expect(Math.abs((actual[name]?.data[at] ?? NaN) - value)).toBeLessThan(2e-3));
    }
    expect(actual['tokens']?.data).not.toEqual(expected['tokens']?.data);
  });

  test('only products and what is between them are in half precision', () => {
    const { nodes, inputs, outputs } = halved(target);
    const operators = (isHalf: boolean): ReadonlySet<string> =>
      new Set(
        nodes.flatMap(({ operator, outputs: [name = ''] }) =>
          operator !== 'Cast' && name.endsWith('.float16') === isHalf ? [operator] : [],
        ),
      );
    expect([...operators(true)]).toEqual(expect.arrayContaining(['Gather', 'Gemm', 'Reshape']));
    for (const kept of ['LayerNormalization', 'Softmax']) {
      expect(operators(false)).toContain(kept);
      expect(operators(true)).not.toContain(kept);
    }
    const sums = nodes.filter(({ operator, name }) => operator === 'Add' && /^Add_\d+$/.test(name));
    expect(sums.length).toBeGreaterThan(0);
    expect([inputs, outputs]).toEqual([modelOf(target).inputs, modelOf(target).outputs]);
  });
});

test('stored matrices take half the space, but for those that stay', () => {
  const types = storedAs(halved('portable'));
  for (const name of ['table', 'q.weight', 'up.weight', 'down.bias']) expect(types[`${name}.float16`]).toBe('float16');
  for (const name of ['head.weight', 'head.bias', 'scale']) expect(types[name]).toBe('float32');
  expect(Object.keys(types)).not.toContain('table');
  const [table] = halved('portable').initializers.filter(({ name }) => name === 'table.float16');
  expect(table?.data.length).toBe(20 * D * 2);
});

test('a product with a weight that half precision has no number for stays as it is', () => {
  for (const large of [70_000, Number.NaN, Number.POSITIVE_INFINITY]) {
    const program = defineProgram({ x: float32('batch', 2), weight: float32(2, 2) }, ({ x, weight }) => ({
      y: matMul(x, weight),
    }));
    const stored = bindInputs(program, new Map([['weight', float32Tensor([1, 2, large, 4], [2, 2])]]));
    const model = modelOf('portable', stored);
    expect(toHalfPrecision(model)).toEqual(model);
  }
});

test('a weight that is read in both formats is stored in both', async () => {
  const program = defineProgram({ x: float32(2, 2), weight: float32(2, 2) }, ({ x, weight }) => ({
    y: add(matMul(x, weight), mul(weight, 3)),
  }));
  const stored = bindInputs(program, new Map([['weight', float32Tensor([1, 2, 3, 4], [2, 2])]]));
  const model = toHalfPrecision(modelOf('portable', stored));
  expect(storedAs(model)).toMatchObject({ weight: 'float32', 'weight.float16': 'float16' });
  const { y } = await runModel(writeModel(model), { x: float32Tensor([1, 0, 0, 1], [2, 2]) });
  expect([...(y?.data ?? [])]).toEqual([4, 8, 12, 16]);
});

test('what is in half precision already stays so', () => {
  const model = halved('portable');
  expect(toHalfPrecision(model, { staysFloat32: isHead })).toEqual(model);
});

test.skipIf(python === undefined)('models in half precision are valid for onnx.checker', () => {
  const models = Object.fromEntries(
    (['portable', 'portable-20', 'runtime'] as const).map((target) => [target, writeModel(halved(target))]),
  );
  expect(checkModels(python ?? '', models)).toEqual([]);
});
