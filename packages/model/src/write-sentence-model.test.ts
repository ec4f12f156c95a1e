import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, float32Tensor, Random } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { initialParameters } from '@sentence-mtl/encoder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goldenPlaces } from './golden.test.support.ts';
import { readSentenceModel } from './read-sentence-model.ts';
import { SentenceEncoder } from './sentence-encoder.ts';
import type { SentenceModel } from './sentence-model.ts';
import { writeSentenceModel } from './write-sentence-model.ts';

const FOLDER = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const TEXTS = ['good day', '', 'the weather is good today'];
const engine = await onnxruntimeEngine({ threads: 1 });

let target = '';
let model: SentenceModel;
beforeAll(async () => {
  target = mkdtempSync(join(tmpdir(), 'model-'));
  model = await readSentenceModel(FOLDER);
});
afterAll(async () => {
  rmSync(target, { recursive: true });
  await engine.dispose();
});

/** Writes a model and reads it again. */
async function roundTrip(name: string, written: SentenceModel): Promise<SentenceModel> {
  const folder = join(target, name);
  await writeSentenceModel(folder, written);
  return readSentenceModel(folder);
}

const readConfig = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(target, name, 'config.json'), 'utf8')) as Record<string, unknown>;

describe.skipIf(goldenPlaces.length === 0)('a recorded model', () => {
  test.each(goldenPlaces)('%s is the same when it is written and read again', async (name, folder) => {
    const before = await readSentenceModel(folder);
    const after = await roundTrip(name, before);
    expect(after.notices).toEqual([]);
    expect({ ...after.config, source: {} }).toEqual({ ...before.config, source: {} });
    expect([...after.parameters.keys()]).toEqual([...before.parameters.keys()]);
    for (const [path, { data }] of before.parameters) expect(after.parameters.get(path)?.data, path).toEqual(data);
  });
});

test('a model with dense layers of all kinds is the same again', async () => {
  const layer = { inputSize: 16, outputSize: 16, bias: false, activation: 'silu', residual: true } as const;
  const dense = [layer, { ...layer, outputSize: 6, bias: true, activation: 'gelu' } as const];
  const random = Random.of(3);
  const weight = (path: string, ...shape: readonly number[]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    random.split(path).fillNormal(data, 0, 0.3);
    return [path, float32Tensor(data, shape)] as const;
  };
  const parameters = new Map([
    ...model.parameters,
    weight('pooling.dense.0.weight', 16, 16),
    weight('pooling.dense.1.weight', 6, 16),
    weight('pooling.dense.1.bias', 6),
    weight('pooling.dense.1.residual.weight', 6, 16),
  ]);
  const before = { ...model, config: { ...model.config, dense }, parameters };
  const after = await roundTrip('dense', before);
  expect(after.config.dense).toEqual(dense);
  expect(after.parameters).toEqual(parameters);
  await using first = new SentenceEncoder(before, { engine });
  await using second = await SentenceEncoder.load(join(target, 'dense'), { engine });
  expect(second.dimension).toBe(6);
  expect(await second.encode(TEXTS)).toEqual(await first.encode(TEXTS));
});

test('config.json says float32 of the weights, whatever number format they were read from', async () => {
  const source = { ...model.config.source, dtype: 'bfloat16', torch_dtype: 'float16' };
  await roundTrip('halves', { ...model, config: { ...model.config, source } });
  expect(readConfig('halves')).toEqual({ ...source, dtype: 'float32', torch_dtype: 'float32' });
  const silent = Object.fromEntries(Object.entries(model.config.source).filter(([key]) => !key.endsWith('dtype')));
  await roundTrip('silent', { ...model, config: { ...model.config, source: silent } });
  expect(readConfig('silent')).toEqual(silent);
});

test('fresh parameters are written like read ones, and what is no parameter of the encoder is left out', async () => {
  const fresh = initialParameters(model.config.encoder, Random.of(1));
  const parameters = new Map([...fresh, ['heads.intent.output.bias', float32Tensor([1], [1])] as const]);
  const after = await roundTrip('fresh', { ...model, parameters });
  expect(after.parameters).toEqual(fresh);
});

test('a parameter that is missing or of another shape is refused before anything is written', async () => {
  const [[path, tensor] = ['', float32Tensor([], [0])]] = model.parameters;
  const without = new Map([...model.parameters].filter(([other]) => other !== path));
  const turned = new Map([
    ...model.parameters,
    [path, float32Tensor(tensor.data, [...tensor.shape].toReversed())] as const,
  ]);
  for (const [parameters, words] of [
    [without, 'parameter "encoder.embeddings.word.weight" is missing; the model needs it of shape (400, 16)'],
    [turned, 'parameter "encoder.embeddings.word.weight" is of shape (16, 400); the model needs it of shape (400, 16)'],
  ] as const) {
    const writing = writeSentenceModel(join(target, 'broken'), { ...model, parameters });
    await expect(writing).rejects.toThrow(ArgumentError);
    await expect(writing).rejects.toThrow(words);
  }
  await expect(readSentenceModel(join(target, 'broken'))).rejects.toThrow('it does not exist');
});
