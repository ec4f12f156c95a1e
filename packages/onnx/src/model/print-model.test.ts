import { float32Tensor, int32Tensor } from '@sentence-mtl/core';
import {
  add,
  bindInputs,
  cast,
  constant,
  defineProgram,
  div,
  equal,
  expandDims,
  float32,
  gelu,
  gradient,
  int32,
  layerNorm,
  linear,
  matMul,
  mean,
  reshape,
  rewriteProgram,
  softmax,
  softmaxCrossEntropy,
  sub,
  sum,
  mul,
  transpose,
  where,
  type Program,
  type Value,
} from '@sentence-mtl/program';
import { expect, test } from 'vitest';
import { checkModels, python } from '../onnx-checker.test.ts';
import { toOnnx } from '../to-onnx.ts';
import { printModel } from './print-model.ts';

const HEADS = 2;
const HEAD_SIZE = 4;

/** (B, T, D) → (B, H, T, D / H). */
const splitHeads = (x: Value): Value => transpose(reshape(x, ['batch', 'sequence', HEADS, HEAD_SIZE]), [0, 2, 1, 3]);

function attention(query: Value, key: Value, value: Value, mask: Value): Value {
  const scores = div(matMul(splitHeads(query), splitHeads(key), { transposeB: true }), Math.sqrt(HEAD_SIZE));
  const seen = reshape(equal(mask, 1), ['batch', 1, 1, 'sequence']);
  const mixed = matMul(softmax(where(seen, scores, -1e9)), splitHeads(value)); // (B, H, T, D / H)
  return reshape(transpose(mixed, [0, 2, 1, 3]), ['batch', 'sequence', HEADS * HEAD_SIZE]);
}

const attentionInputs = {
  query: float32('batch', 'sequence', 8),
  key: float32('batch', 'sequence', 8),
  value: float32('batch', 'sequence', 8),
  mask: int32('batch', 'sequence'),
};

const feedForward = defineProgram(
  {
    x: float32('batch', 'sequence', 8),
    weight: float32(8, 8),
    bias: float32(8),
    gamma: float32(8),
    beta: float32(8),
  },
  ({ x, weight, bias, gamma, beta }) => ({ y: layerNorm(add(x, gelu(linear(x, weight, bias))), gamma, beta, 1e-12) }),
);

/** Programs of which the graphs are kept, so that a change of a lowering shows what it changes. */
const programs: Readonly<Record<string, Program>> = {
  'feed-forward': bindInputs(feedForward, new Map([['weight', float32Tensor(new Float32Array(64), [8, 8])]])),

  attention: defineProgram(attentionInputs, ({ query, key, value, mask }) => ({
    context: attention(query, key, value, mask),
  })),

  'attention-gradient': defineProgram(attentionInputs, ({ query, key, value, mask }) => {
    const context = attention(query, key, value, mask);
    const [forQuery = query, forKey = key, forValue = value] = gradient(sum(mul(context, context)), [
      query,
      key,
      value,
    ]);
    return { context, forQuery, forKey, forValue };
  }),

  'cross-entropy': defineProgram(
    { x: float32('batch', 4), labels: int32('batch'), weight: float32(3, 4), bias: float32(3) },
    ({ x, labels, weight, bias }) => {
      const loss = mean(softmaxCrossEntropy(linear(x, weight, bias), labels));
      const [forWeight = weight, forBias = bias] = gradient(loss, [weight, bias]);
      return { loss, forWeight, forBias };
    },
  ),

  'masked-mean': defineProgram(
    { x: float32('batch', 'sequence', 8), mask: int32('batch', 'sequence') },
    ({ x, mask }) => {
      const weights = expandDims(cast(mask, 'float32'), -1);
      return { mean: div(sum(mul(x, weights), 1), sum(weights, 1)) };
    },
  ),
};

const targets = ['runtime', 'portable'] as const;
const graphs = Object.entries(programs).flatMap(([name, program]) =>
  targets.map((target) => ({ name: `${name}.${target}`, bytes: toOnnx(rewriteProgram(program), { target }).bytes })),
);

test.each(graphs)('the graph of $name is the one that was read', async ({ name, bytes }) => {
  await expect(printModel(bytes)).toMatchFileSnapshot(`snapshots/${name}.txt`);
});

test.skipIf(python === undefined)('these graphs are valid for onnx.checker', () => {
  const models = Object.fromEntries(graphs.map(({ name, bytes }) => [name, bytes]));
  expect(checkModels(python ?? '', models)).toEqual([]);
});

test('constants stand where they are used, weights by their name, with type and elements', () => {
  const program = defineProgram({ x: float32('batch', 2), y: int32(2) }, ({ x, y }) => ({
    z: sub(x, cast(add(y, constant(int32Tensor([3, -4], [2]))), 'float32')),
    w: add(x, constant(float32Tensor([0.5, 1], [2]), 'head.bias')),
  }));
  const { bytes } = toOnnx(program, { target: 'portable', metadata: { task: 'intent' } });
  expect(printModel(bytes).split('\n')).toEqual([
    'ir 8, onnx 17',
    'metadata task: "intent"',
    'input x: float32 (batch, 2)',
    'input y: int32 (2)',
    'weight head.bias: float32 (2)',
    'Add_0 = Add(y, int32 [3, -4])',
    'Cast_0 = Cast(Add_0; to: 1)',
    'z = Sub(x, Cast_0)',
    'w = Add(x, head.bias)',
    'output z: float32 (batch, 2)',
    'output w: float32 (batch, 2)',
    '',
  ]);
});

test('a file that Node has read, whose bytes stand anywhere in memory, is printed too', () => {
  const program = defineProgram({ x: float32('batch', 2, 3) }, ({ x }) => ({ y: reshape(x, ['batch', 6]) }));
  const { bytes } = toOnnx(program, { target: 'portable' });
  const shifted = Buffer.concat([Buffer.of(1), bytes]).subarray(1);
  expect(printModel(shifted)).toBe(printModel(bytes));
});
