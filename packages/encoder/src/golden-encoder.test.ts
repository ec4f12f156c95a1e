import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { float32Tensor, int32Tensor, sizeOfShape, type HostTensor, type Parameters } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { openSafetensors } from '@sentence-mtl/model-files';
import { defineProgram, float32, int32, type Engine, type InputTypes, type Program } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { afterAll, describe, expect, it } from 'vitest';
import { encode } from './encode.ts';
import { ARCHITECTURES, type EncoderConfig } from './encoder-config.ts';
import { fromHuggingFaceName } from './hugging-face-names.ts';
import { parameterSpecs } from './parameter-specs.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const GOLDEN = resolve(ROOT, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared', 'golden');
const TOLERANCE = 1e-5;

interface RecordedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** The F32 and I64 tensors of a recorded safetensors file. */
async function readTensors(path: string): Promise<ReadonlyMap<string, RecordedTensor>> {
  const file = await openSafetensors(path);
  const tensors = new Map<string, RecordedTensor>();
  for (const [name, { dtype, shape }] of file.tensors) {
    if (dtype !== 'F32' && dtype !== 'I64') continue;
    const { buffer } = await file.readBytes(name);
    const data = dtype === 'F32' ? new Float32Array(buffer) : Int32Array.from(new BigInt64Array(buffer), Number);
    tensors.set(name, { shape, data });
  }
  await file.close();
  return tensors;
}

function parametersOf(config: EncoderConfig, tensors: ReadonlyMap<string, RecordedTensor>): Parameters {
  const parameters = new Map<string, HostTensor<'float32'>>();
  for (const [name, { data, shape }] of tensors) {
    const path = fromHuggingFaceName(config.architecture, name);
    if (path !== undefined && data instanceof Float32Array) parameters.set(path, float32Tensor(data, shape));
  }
  return parameters;
}

function encoderProgram(config: EncoderConfig, withTokenTypes: boolean): Program {
  const parameterTypes = [...parameterSpecs(config)].map(([path, { shape }]) => [path, float32(...shape)] as const);
  const inputs: InputTypes = {
    inputIds: int32('batch', 'sequence'),
    attentionMask: int32('batch', 'sequence'),
    ...(withTokenTypes ? { tokenTypeIds: int32('batch', 'sequence') } : {}),
    ...Object.fromEntries(parameterTypes),
  };
  return defineProgram(inputs, (values) => {
    const at = (name: string) => values[name] ?? expect.unreachable(`no input ${name}`);
    const tokens = { inputIds: at('inputIds'), attentionMask: at('attentionMask') };
    const { tokenEmbeddings } = encode(
      config,
      withTokenTypes ? { ...tokens, tokenTypeIds: at('tokenTypeIds') } : tokens,
      {
        parameters: at,
      },
    );
    return { tokenEmbeddings };
  });
}

/** The largest difference at tokens that are not padding. */
function largestDifference(actual: HostTensor, expected: RecordedTensor, mask: RecordedTensor): number {
  expect(actual.shape).toEqual(expected.shape);
  const width = expected.shape[2] ?? 1;
  let largest = 0;
  for (const [i, wanted] of expected.data.entries()) {
    if (mask.data[Math.floor(i / width)] === 0) continue;
    const difference = Math.abs(wanted - (actual.data[i] ?? Number.NaN));
    largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }
  return largest;
}

async function load(name: string): Promise<{
  config: EncoderConfig;
  parameters: Parameters;
  recorded: ReadonlyMap<string, RecordedTensor>;
}> {
  const own = resolve(import.meta.dirname, '../fixtures', name);
  const isOwn = existsSync(own);
  const folder = isOwn ? own : resolve(GOLDEN, 'models', name);
  const config = parseEncoderConfig(JSON.parse(readFileSync(resolve(folder, 'config.json'), 'utf8')));
  const parameters = parametersOf(config, await readTensors(resolve(folder, 'model.safetensors')));
  const forward = isOwn ? resolve(own, 'forward.safetensors') : resolve(GOLDEN, 'forward', `${name}.safetensors`);
  return { config, parameters, recorded: await readTensors(forward) };
}

async function difference(engine: Engine, name: string, prefix: '' | 'pair.'): Promise<number> {
  const { config, parameters, recorded } = await load(name);
  const at = (key: string): RecordedTensor =>
    recorded.get(`${prefix}${key}`) ?? expect.unreachable(`no ${prefix}${key}`);
  const ids = (key: string): HostTensor<'int32'> => int32Tensor(Int32Array.from(at(key).data), at(key).shape);
  const withTokenTypes = config.tokenTypeCount > 1 && recorded.has(`${prefix}token_type_ids`);
  const executable = await engine.compile(encoderProgram(config, withTokenTypes));
  const { tokenEmbeddings } = await executable.run({
    inputIds: ids('input_ids'),
    attentionMask: ids('attention_mask'),
    ...(withTokenTypes ? { tokenTypeIds: ids('token_type_ids') } : {}),
    ...Object.fromEntries(parameters),
  });
  await executable.dispose();
  return largestDifference(
    tokenEmbeddings ?? expect.unreachable('no output'),
    at('last_hidden_state'),
    at('attention_mask'),
  );
}

const absent = !existsSync(GOLDEN);
if (absent) console.log('SKIPPED recorded encoders: no shared fixtures (SENTENCE_MTL_FIXTURES)');

const engine = await onnxruntimeEngine();
afterAll(() => engine.dispose());

describe.skipIf(absent)('encode', () => {
  it.each(ARCHITECTURES)('gives the hidden states that PyTorch gives: %s', async (name) => {
    expect(await difference(engine, name, '')).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each(ARCHITECTURES)('gives them for pairs of texts: %s', async (name) => {
    expect(await difference(engine, name, 'pair.')).toBeLessThanOrEqual(TOLERANCE);
  });
});

it.each([referenceEngine(), engine])('encode gives the hidden states of the smallest BERT on $name', async (one) => {
  expect(await difference(one, 'nano-bert', '')).toBeLessThanOrEqual(TOLERANCE);
});

describe.skipIf(absent)('a checkpoint', () => {
  it.each(ARCHITECTURES)('of %s has exactly the parameters of its config, in their shapes', async (name) => {
    const { config, parameters } = await load(name);
    const specs = [...parameterSpecs(config)].map(([path, { shape }]) => [path, shape]);
    const found = [...parameters].map(([path, { shape }]) => [path, shape]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(specs));
    expect([...parameters.values()].every(({ data, shape }) => data.length === sizeOfShape(shape))).toBe(true);
  });

  it('with a prefix and gamma and beta is read like one without', async () => {
    const { config, parameters } = await load('bert');
    const legacy = parametersOf(
      config,
      await readTensors(resolve(GOLDEN, 'models/bert-legacy-names/model.safetensors')),
    );
    expect([...legacy.keys()].toSorted()).toEqual([...parameters.keys()].toSorted());
    for (const [path, { data }] of parameters) expect(legacy.get(path)?.data).toEqual(data);
  });
});
