import { ArgumentError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import {
  add,
  constant,
  defineProgram,
  float32,
  gather,
  int32,
  linear,
  matMul,
  slice,
  type InputTypes,
  type Program,
} from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import type { OnnxModel } from '../model/onnx-model.ts';
import { readModel } from '../model/read-model.ts';
import { writeModel } from '../model/write-model.ts';
import { checkModels, python } from '../onnx-checker.test.ts';
import { programModel } from '../program-model.ts';
import { runModel } from '../run-model.test.ts';
import { quantizeModel } from './quantize-model.ts';
import { numbers, referenceLinear } from './reference-linear.test.ts';

const portable = (program: Program<InputTypes>): OnnxModel => programModel(program, { target: 'portable' });
const operators = ({ nodes }: OnnxModel): readonly string[] => nodes.map(({ operator }) => operator);
const stored = ({ initializers }: OnnxModel): readonly string[] => initializers.map(({ name }) => name);

const up = numbers('up', 6, 8);
const bias = numbers('bias', 6);
const side = numbers('side', 8, 5);
const x = numbers('x', 4, 8);

/** Two products of one operand: one with a bias and its weight transposed, one without. */
const products = defineProgram({ x: float32('batch', 8) }, ({ x: operand }) => ({
  raised: linear(operand, constant(up, 'up'), constant(bias, 'bias')),
  aside: matMul(operand, constant(side, 'side')),
}));

const table = numbers('table', 300, 4);
const rows = constant(table, 'table');
const selections = defineProgram({ ids: int32('batch', 2) }, ({ ids }) => ({
  rows: add(gather(rows, ids), slice(rows, 0, 1, 3)),
}));

test('products become those of int8 and share the quantised operand; inputs and outputs stay as they are', () => {
  const model = portable(products);
  const { model: quantized, quantized: names } = quantizeModel(model);
  expect(operators(quantized).join(' ')).toBe(
    ['DynamicQuantizeLinear MatMulInteger Cast Mul Mul Add', 'MatMulInteger Cast Mul Mul'].join(' '),
  );
  expect(names).toEqual(['up', 'side']);
  expect(stored(quantized)).toEqual(['bias', 'up_quantized', 'up_scale', 'side_quantized', 'side_scale']);
  expect(quantized.initializers.map(({ shape }) => shape)).toEqual([[6], [8, 6], [6], [8, 5], [5]]);
  expect([quantized.inputs, quantized.outputs]).toEqual([model.inputs, model.outputs]);
});

test.each([7, 8] as const)('with %i bits ONNX Runtime gives what plain arithmetic gives', async (weightBits) => {
  const { model } = quantizeModel(portable(products), { weightBits });
  const { raised, aside } = await runModel(writeModel(model), { x });
  const largest = weightBits === 8 ? 127 : 64;
  const expected = referenceLinear(x, up, { bias, largest });
  const transposedSide = float32Tensor(
    Float32Array.from({ length: 40 }, (_, i) => side.data[(i % 8) * 5 + Math.floor(i / 8)] ?? 0),
    [5, 8],
  );
  expect(raised?.shape).toEqual([4, 6]);
  raised?.data.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5));
  const expectedAside = referenceLinear(x, transposedSide, { largest });
  aside?.data.forEach((value, i) => expect(value).toBeCloseTo(expectedAside[i] ?? Number.NaN, 5));
});

test('products of products, and of selected rows, have names of their own', async () => {
  const chain = defineProgram({ ids: int32('batch') }, ({ ids }) => ({
    y: matMul(matMul(gather(rows, ids), constant(numbers('a', 4, 8), 'a')), constant(side, 'side')),
  }));
  const { model, quantized } = quantizeModel(portable(chain));
  expect(quantized).toEqual(['table', 'a', 'side']);
  const names = [...stored(model), ...model.nodes.flatMap(({ outputs }) => outputs)];
  expect(new Set(names).size).toBe(names.length);
  const { y } = await runModel(writeModel(model), { ids: int32Tensor([3, 2], [2]) });
  const { y: exact } = await runModel(writeModel(portable(chain)), { ids: int32Tensor([3, 2], [2]) });
  y?.data.forEach((value, i) => expect(Math.abs(value - (exact?.data[i] ?? Infinity))).toBeLessThan(0.2));
});

test('weights that were read from a file, at any place in it, quantise like those of the program', () => {
  const written = writeModel(portable(products));
  for (let offset = 0; offset < 4; offset++) {
    const place = Buffer.alloc(written.length + offset).subarray(offset);
    place.set(written);
    const [, ...read] = quantizeModel(readModel(place)).model.initializers;
    const [, ...own] = quantizeModel(portable(products)).model.initializers;
    expect(read).toEqual(own);
  }
});

test('an int8 product is near the float32 one, and not the same', async () => {
  const { raised: exact } = await runModel(writeModel(portable(products)), { x });
  const { raised } = await runModel(writeModel(quantizeModel(portable(products)).model), { x });
  const worst = Math.max(
    ...[...(raised?.data ?? [])].map((value, i) => Math.abs(value - (exact?.data[i] ?? Infinity))),
  );
  expect(worst).toBeGreaterThan(1e-4);
  expect(worst).toBeLessThan(0.1);
});

test('rows that are selected come back within half a scale of each', async () => {
  const { model, quantized } = quantizeModel(portable(selections));
  expect(quantized).toEqual(['table']);
  expect(stored(model)).not.toContain('table');
  const feeds = { ids: int32Tensor([0, 299, 17, 17], [2, 2]) };
  const { rows: exact } = await runModel(writeModel(portable(selections)), feeds);
  const { rows: selected } = await runModel(writeModel(model), feeds);
  expect(selected?.shape).toEqual([2, 2, 4]);
  const scale = Math.max(...table.data.map(Math.abs)) / 127;
  selected?.data.forEach((value, i) => expect(Math.abs(value - (exact?.data[i] ?? Number.NaN))).toBeLessThan(scale));
});

test('what is excluded, small, or read in two ways stays', () => {
  const keep = quantizeModel(portable(products), { exclude: (name) => name === 'up' });
  expect(keep.quantized).toEqual(['side']);
  expect(operators(keep.model)).toContain('Gemm');
  expect(quantizeModel(portable(products), { exclude: () => true }).model).toEqual(portable(products));

  const both = defineProgram({ ids: int32('batch') }, ({ ids }) => ({
    scores: matMul(gather(constant(numbers('small', 10, 4), 'small'), ids), rows, { transposeB: true }),
    rows: gather(rows, ids),
  }));
  expect(quantizeModel(portable(both))).toEqual({ model: portable(both), quantized: [] });
});

test('a weight that is not finite, and operators of long ago, are errors', () => {
  const broken = { ...up, data: up.data.map((value, i) => (i === 9 ? Number.NaN : value)) };
  const program = defineProgram({ x: float32('batch', 8) }, ({ x: operand }) => ({
    y: linear(operand, constant(broken, 'up'), constant(bias, 'bias')),
  }));
  expect(() => quantizeModel(portable(program))).toThrow(ArgumentError);
  expect(() => quantizeModel(portable(program))).toThrow(/weight "up": row 1 .* not finite; it cannot be quantized/);
  const old = { ...portable(products), opsets: new Map([['', 12]]) };
  expect(() => quantizeModel(old)).toThrow(/opset 12/);
});

test.skipIf(python === undefined)('onnx.checker passes quantised models', () => {
  const models = { products, selections };
  const bytes = Object.entries(models).map(
    ([name, program]) => [name, writeModel(quantizeModel(portable(program)).model)] as const,
  );
  expect(checkModels(python ?? '', Object.fromEntries(bytes))).toEqual([]);
});
