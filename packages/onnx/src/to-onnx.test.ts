import { ArgumentError, float32Tensor, int32Tensor, MemoryLimitError, ProgramError } from '@sentence-mtl/core';
import {
  add,
  bindInputs,
  cast,
  constant,
  defineProgram,
  dropout,
  exp,
  float32,
  gather,
  int32,
  layerNorm,
  matMul,
  mean,
  mul,
  range,
  reshape,
  softmaxCrossEntropy,
  sub,
  type Program,
} from '@sentence-mtl/program';
import { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { OnnxModel } from './model/onnx-model.ts';
import { readModel } from './model/read-model.ts';
import type { OnnxOptions } from './program-model.ts';
import { runModel } from './run-model.test.ts';
import { toOnnx } from './to-onnx.ts';

const modelOf = (program: Program, options: Partial<OnnxOptions> = {}): OnnxModel =>
  readModel(toOnnx(program, { target: 'portable', ...options }).bytes);
const operators = ({ nodes }: OnnxModel): string[] => nodes.map(({ operator }) => operator);

const product = defineProgram(
  { x: float32('batch', 2), 'head.weight': float32(2, 3) },
  ({ x, 'head.weight': weight }) => ({ logits: matMul(x, weight), unused: x }),
);

test('inputs, outputs and weights keep their names, and axes that vary theirs', () => {
  const weight = float32Tensor([1, 2, 3, 4, 5, 6], [2, 3]);
  const model = modelOf(bindInputs(product, new Map([['head.weight', weight]])));
  expect(model.inputs).toEqual([{ name: 'x', type: 'float32', shape: ['batch', 2] }]);
  expect(model.outputs).toEqual([
    { name: 'logits', type: 'float32', shape: ['batch', 3] },
    { name: 'unused', type: 'float32', shape: ['batch', 2] },
  ]);
  const data = new Uint8Array(weight.data.buffer);
  expect(model.initializers).toEqual([{ name: 'head.weight', type: 'float32', shape: [2, 3], data }]);
});

test('a target has its versions, and only what uses contributed operators says so', () => {
  const { irVersion, opsets, producer } = modelOf(product);
  expect([irVersion, opsets, producer]).toEqual([8, new Map([['', 17]]), 'sentence-mtl']);
  expect(modelOf(product, { target: 'runtime' }).opsets).toEqual(new Map([['', 20]]));
  const scores = defineProgram({ q: float32('batch', 4, 8) }, ({ q }) => ({ s: matMul(q, q, { transposeB: true }) }));
  expect(modelOf(scores, { target: 'runtime' }).opsets).toEqual(
    new Map([
      ['', 20],
      ['com.microsoft', 1],
    ]),
  );
  expect(operators(modelOf(scores))).toEqual(['Transpose', 'MatMul']);
});

test('metadata is stored', () => {
  const metadata = { 'sentence_mtl.labels': '["refund", "größe"]', empty: '' };
  expect(modelOf(product, { metadata }).metadata).toEqual(new Map(Object.entries(metadata)));
});

test('equal operators and constants are built once', () => {
  const program = defineProgram({ x: float32('batch', 4), y: float32(4, 'batch') }, ({ x, y }) => ({
    a: add(mul(exp(x), 2), mul(exp(x), 2)),
    b: reshape(y, ['batch', 4]),
    c: reshape(mul(y, 2), ['batch', 4]),
  }));
  const model = modelOf(program);
  expect(operators(model)).toEqual(['Exp', 'Mul', 'Add', 'Reshape', 'Mul', 'Reshape']);
  expect(model.initializers.map(({ type, shape }) => [type, shape])).toEqual([
    ['float32', []],
    ['int64', [2]],
  ]);
});

test('constants that differ in dtype, shape or the sign of zero stay apart', () => {
  const zeros = [float32Tensor([0], []), float32Tensor([-0], []), float32Tensor([0], [1]), int32Tensor([0], [])];
  const program = defineProgram({ x: float32(1) }, ({ x }) => ({
    y: zeros.map((zero) => constant(zero)).reduce((sum, zero) => add(sum, cast(zero, 'float32')), x),
  }));
  expect(modelOf(program).initializers.length).toBe(4);
});

test('a large constant is stored once, however often it is used', () => {
  const table = float32Tensor(new Float32Array(1000), [1000]);
  const program = defineProgram({ x: float32(1000) }, ({ x }) => ({
    y: mul(add(x, constant(table)), constant(table)),
  }));
  expect(modelOf(program).initializers.length).toBe(1);
});

test('what no output needs is left out: the loss, where only its residual is used', () => {
  const program = defineProgram({ x: float32('batch', 4), labels: int32('batch') }, ({ x, labels }) => ({
    y: softmaxCrossEntropy(x, labels).node.outputs[1] ?? x,
  }));
  const model = modelOf(program);
  expect(operators(model)).toEqual(['LogSoftmax']);
  expect(model.inputs.length).toBe(2);
  expect(model.initializers).toEqual([]);
});

test('residuals of layer normalisation are computed where they are used', () => {
  const inputs = { x: float32('batch', 4), g: float32(4), b: float32(4) };
  const plain = defineProgram(inputs, ({ x, g, b }) => ({ y: layerNorm(x, g, b, 1e-5) }));
  expect(modelOf(plain).nodes[0]?.outputs).toEqual(['y']);
  const training = defineProgram(inputs, ({ x, g, b }) => {
    const y = layerNorm(x, g, b, 1e-5);
    return { y, mean: y.node.outputs[1] ?? y };
  });
  expect(modelOf(training).nodes[0]?.outputs).toEqual(['y', 'mean', 'LayerNormalization_0.2']);
});

test('an output that is an input, a constant or another output is a copy', async () => {
  const program = defineProgram({ x: float32('batch') }, ({ x }) => {
    const y = exp(x);
    return { y, again: y, same: x, fixed: constant(float32Tensor([7], [1])) };
  });
  const { bytes } = toOnnx(program, { target: 'portable' });
  expect(operators(readModel(bytes))).toEqual(['Exp', 'Identity', 'Identity', 'Identity']);
  const one = float32Tensor([1], [1]);
  const zero = float32Tensor([0], [1]);
  expect(await runModel(bytes, { x: zero })).toEqual({
    y: one,
    again: one,
    same: zero,
    fixed: float32Tensor([7], [1]),
  });
});

test('outputs are listed and computed in the order that is asked for', () => {
  const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ a: exp(x), b: sub(0, x) }));
  const model = modelOf(program, { outputOrder: ['b', 'a'] });
  expect(model.outputs.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(operators(model)).toEqual(['Sub', 'Exp']);
  for (const outputOrder of [['a'], ['a', 'a'], ['a', 'c']]) {
    expect(() => toOnnx(program, { target: 'runtime', outputOrder })).toThrow(ArgumentError);
  }
});

test('inputs of integers can be declared int64', async () => {
  const program = defineProgram({ ids: int32('batch'), table: float32(3, 1) }, ({ ids, table }) => ({
    rows: gather(table, ids),
    positions: range('batch'),
    ids32: add(ids, 1),
  }));
  const { bytes } = toOnnx(program, { target: 'portable', integerInputs: 'int64' });
  expect(readModel(bytes).inputs[0]).toEqual({ name: 'ids', type: 'int64', shape: ['batch'] });
  const ids = new Tensor('int64', BigInt64Array.of(2n, 0n), [2]);
  expect(await runModel(bytes, { ids, table: float32Tensor([5, 6, 7], [3, 1]) })).toEqual({
    rows: float32Tensor([7, 5], [2, 1]),
    positions: int32Tensor([0, 1], [2]),
    ids32: int32Tensor([3, 1], [2]),
  });
});

test('a name stands once among inputs, weights and outputs', () => {
  const named = defineProgram({ x: float32(1) }, ({ x }) => ({ x: exp(x) }));
  expect(() => modelOf(named)).toThrow(
    new ProgramError('"x" is the name of an input and of an output; a name stands once in an ONNX graph'),
  );
  const weights = [1, 2].map((value) => constant(float32Tensor([value], [1]), 'w'));
  const twice = defineProgram({ x: float32(1) }, ({ x }) => ({ y: weights.reduce((sum, w) => add(sum, w), x) }));
  expect(() => modelOf(twice)).toThrow('"w" is the name of a weight and of a weight');
  const shared = constant(float32Tensor([1], [1]), 'w');
  const once = defineProgram({ x: float32(1) }, ({ x }) => ({ y: mul(add(x, shared), shared) }));
  expect(modelOf(once).initializers.length).toBe(1);
});

test('names that the program gives are not taken by values between', () => {
  const program = defineProgram({ Exp_0: float32(1), constant_0: float32(1) }, ({ Exp_0: x, constant_0: y }) => ({
    Exp_1: mul(exp(exp(x)), y),
    sum: add(x, 1),
  }));
  const { nodes, initializers } = modelOf(program);
  expect(nodes.flatMap(({ outputs }) => outputs)).toEqual(['Exp_2', 'Exp_3', 'Exp_1', 'sum']);
  expect(initializers.map(({ name }) => name)).toEqual(['constant_1']);
});

test('a program that drops is not for others', () => {
  const program = defineProgram({ x: float32('batch', 4), key: int32(2) }, ({ x, key }) => ({
    y: dropout(x, 0.1, key, 0),
  }));
  expect(() => modelOf(program)).toThrow('dropoutMask is for training');
  expect(operators(modelOf(program, { target: 'runtime' }))).toContain('Greater');
});

test('a size that no input has is named', () => {
  const program = defineProgram({ x: float32('batch') }, () => ({ y: range('length') }));
  expect(() => modelOf(program)).toThrow('the size of "length" is needed, but no input has an axis of that size');
});

test('a model over 2 GiB is refused before it is made', () => {
  const half = constant(float32Tensor(new Float32Array(2 ** 29), [2 ** 29]), 'table');
  const program = defineProgram({ x: float32(1) }, ({ x }) => ({ y: mean(mul(x, half)) }));
  expect(() => modelOf(program)).toThrow(MemoryLimitError);
  expect(() => modelOf(program)).toThrow(/takes 21\d{8} bytes; one ONNX file holds at most 2147483647/);
});
