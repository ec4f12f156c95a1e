import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { openWeights, readWeights } from '../safetensors/open-weights.ts';
import type { StoredTensor } from '../safetensors/write-safetensors.ts';
import { readModelFolder } from './read-model-folder.ts';
import { writeModelFolder, type ModelParts } from './write-model-folder.ts';

const nano = new URL('../../fixtures/nano-bert', import.meta.url).pathname;
const shared = process.env['SENTENCE_MTL_FIXTURES'] ?? new URL('../../../../../shared', import.meta.url).pathname;
const golden = join(shared, 'golden');
const python = process.env['SENTENCE_MTL_PYTHON'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'model-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function tensorsIn(weightsFolder: string): Promise<Map<string, StoredTensor>> {
  const weights = await openWeights(weightsFolder);
  const tensors = new Map<string, StoredTensor>();
  await readWeights(weights, (name, shape) => {
    if (weights.tensors.get(name)?.dtype === 'I64') return undefined;
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    tensors.set(name, { dtype: 'F32', shape, data });
    return data;
  });
  await weights.close();
  return tensors;
}

async function nanoParts(): Promise<ModelParts> {
  const { config, tokenizerTexts } = await readModelFolder(nano);
  return {
    config,
    tokenizerTexts,
    weights: await tensorsIn(nano),
    maximumLength: 32,
    lowercase: false,
    pooling: { dimension: 16, modes: ['cls', 'mean'], includePrompt: false },
    dense: [
      {
        config: { inputSize: 32, outputSize: 8, bias: true, activation: 'tanh', residual: false },
        weights: [
          [
            'linear.weight',
            { dtype: 'F32', shape: [8, 32], data: Float32Array.from({ length: 256 }, (_, i) => Math.sin(i)) },
          ],
          ['linear.bias', { dtype: 'F32', shape: [8], data: new Float32Array(8).fill(0.5) }],
        ],
      },
    ],
    normalize: true,
    prompts: { prompts: { query: 'search: ' }, defaultPromptName: 'query', similarity: 'cosine' },
  };
}

/** A folder of the given files; objects are written as JSON. */
function folderOf(files: Readonly<Record<string, unknown>>): string {
  const made = mkdtempSync(join(folder, 'made-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return made;
}

test('a bare Hugging Face folder has no pooling of its own', async () => {
  const model = await readModelFolder(nano);
  expect(model).toMatchObject({
    layout: 'transformers',
    pooling: undefined,
    dense: [],
    normalize: false,
    maximumLength: undefined,
  });
  expect(Object.keys(model.tokenizerTexts)).toEqual(['tokenizer.json', 'tokenizer_config.json']);
});

test('what is written is read back', async () => {
  const parts = await nanoParts();
  const path = join(folder, 'written');
  await writeModelFolder(path, parts);
  const model = await readModelFolder(path);
  const { weights: _, dense, ...rest } = parts;
  expect(model).toMatchObject({ ...rest, layout: 'sentence-transformers', encoderFolder: path });
  expect(model.dense).toEqual([{ config: dense[0]?.config, folder: join(path, '2_Dense') }]);
  expect(await tensorsIn(path)).toEqual(await tensorsIn(nano));
  expect(readdirSync(path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

describe('a folder that is not a model, or a broken one, is a clear error', () => {
  const config = { model_type: 'bert' };
  const module = (path: string, type = 'Transformer') => ({ path, type: `sentence_transformers.models.${type}` });
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no config', {}, /config\.json: it does not exist/],
    ['no JSON', { 'config.json': '{' }, /config\.json is not JSON/],
    ['a list', { 'config.json': [] }, /does not hold a JSON object/],
    [
      'a path outside',
      { 'config.json': config, 'modules.json': [module('../other')] },
      /names the path "\.\.\/other": it leaves its folder/,
    ],
    ['an absolute path', { 'config.json': config, 'modules.json': [module('/etc')] }, /it is an absolute path/],
    [
      'an unknown module',
      { 'config.json': config, 'modules.json': [module('', 'WordEmbeddings')] },
      /module 0 is of type .*WordEmbeddings.*supported are Transformer, Pooling, Dense, Normalize/,
    ],
    [
      'code of others',
      { 'config.json': config, 'modules.json': [{ path: '', type: 'custom.Transformer' }] },
      /is not supported/,
    ],
    [
      'another chain',
      { 'config.json': config, 'modules.json': [module('', 'Transformer'), module('n', 'Normalize')] },
      /has the modules Transformer → Normalize/,
    ],
    [
      'no pooling on',
      {
        'config.json': config,
        'modules.json': [module(''), module('p', 'Pooling')],
        'p/config.json': { word_embedding_dimension: 4, pooling_mode_cls_token: false },
      },
      /no pooling mode is on/,
    ],
    [
      'an unknown pooling',
      {
        'config.json': config,
        'modules.json': [module(''), module('p', 'Pooling')],
        'p/config.json': { embedding_dimension: 4, pooling_mode: 'median' },
      },
      /pooling_mode "median" is not supported/,
    ],
    [
      'a broken length',
      { 'config.json': config, 'sentence_bert_config.json': { max_seq_length: 'long' } },
      /max_seq_length is "long"; a whole number/,
    ],
    [
      'an unknown prompt',
      { 'config.json': config, 'config_sentence_transformers.json': { prompts: { a: '' }, default_prompt_name: 'b' } },
      /default_prompt_name "b" is not one of the prompts a/,
    ],
  ])('%s', async (_, files, message) => {
    const read = readModelFolder(folderOf(files));
    await expect(read).rejects.toThrow(ModelFileError);
    await expect(read).rejects.toThrow(message);
  });

  test('a missing folder, and a file in its place', async () => {
    await expect(readModelFolder(join(folder, 'none'))).rejects.toThrow(
      /cannot read the model folder .*none: it does not exist/,
    );
    await expect(readModelFolder(join(nano, 'config.json'))).rejects.toThrow(
      /is a file; the folder of a model is needed/,
    );
  });

  test('weights that are missing, pickled, or not where the index says', async () => {
    await expect(openWeights(folderOf({}))).rejects.toThrow(/has no model.safetensors/);
    await expect(openWeights(folderOf({ 'pytorch_model.bin': '' }))).rejects.toThrow(
      /convert it to safetensors once, in Python: python -c/,
    );
    const index = 'model.safetensors.index.json';
    await expect(openWeights(folderOf({ [index]: { weight_map: { a: '../x' } } }))).rejects.toThrow(
      /leaves its folder/,
    );
    await expect(openWeights(folderOf({ [index]: { weight_map: { a: 1 } } }))).rejects.toThrow(
      /weight_map is not an object/,
    );
    const shard = folderOf({ [index]: { weight_map: { nothing: 'one.safetensors' } } });
    cpSync(join(nano, 'model.safetensors'), join(shard, 'one.safetensors'));
    await expect(openWeights(shard)).rejects.toThrow(/says that tensor "nothing" is in one.safetensors, but it is not/);
  });
});

const present = existsSync(golden);
describe.skipIf(!present)(present ? 'golden folders' : `golden folders (skipped: ${golden} is absent)`, () => {
  const names = present ? readdirSync(join(golden, 'st/legacy')) : [];
  test.each(names)('%s says the same in both dialects', async (name) => {
    const [legacy, current] = await Promise.all(
      ['legacy', 'current'].map(async (layout) => readModelFolder(join(golden, 'st', layout, name))),
    );
    expect(legacy?.pooling).toEqual(current?.pooling);
    expect(legacy?.pooling?.modes).toEqual(
      {
        'concat-cls-mean': ['cls', 'mean'],
        'mean-sqrt-len': ['mean_sqrt_len_tokens'],
        'dense-tanh-normalize': ['mean'],
        'prompts-excluded': ['mean'],
      }[name] ?? [name],
    );
    expect(legacy?.dense.map(({ config }) => config)).toEqual(current?.dense.map(({ config }) => config));
    expect(legacy?.prompts).toEqual(current?.prompts);
    expect(legacy?.normalize).toBe(current?.normalize);
    for (const { folder: denseFolder } of legacy?.dense ?? [])
      expect((await tensorsIn(denseFolder)).has('linear.weight')).toBe(true);
  });

  const models = present ? readdirSync(join(golden, 'models')).filter((name) => name !== 'bert-bin-only') : [];
  test.each(models)('%s is read to its last tensor', async (name) => {
    await expect(readModelFolder(join(golden, 'models', name))).resolves.toMatchObject({ layout: 'transformers' });
    expect((await tensorsIn(join(golden, 'models', name))).size).toBeGreaterThan(10);
  });

  test('a sharded folder has the tensors of the whole one', async () => {
    expect(await tensorsIn(join(golden, 'models/bert-sharded'))).toEqual(await tensorsIn(join(golden, 'models/bert')));
  });

  test('bert-bin-only says how to convert it', async () => {
    await expect(openWeights(join(golden, 'models/bert-bin-only'))).rejects.toThrow(/pytorch_model.bin/);
  });
});

const loads = `
import sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
print(model.max_seq_length, model.get_sentence_embedding_dimension(), model.prompts, model.default_prompt_name, list(model.encode(["good day"]).shape))
`;
const hasPython = python !== undefined && existsSync(python) && canImport(python);
function canImport(interpreter: string): boolean {
  try {
    execFileSync(interpreter, ['-c', 'import sentence_transformers'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
test.skipIf(!hasPython)(
  hasPython
    ? "Python's sentence-transformers loads what is written"
    : 'Python loads what is written (skipped: SENTENCE_MTL_PYTHON has no sentence_transformers)',
  { timeout: 120_000 },
  async () => {
    const path = join(folder, 'for-python');
    await writeModelFolder(path, await nanoParts());
    const out = execFileSync(python ?? '', ['-c', loads, path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(out.trim()).toMatch(/^32 8 \{'query': 'search: '.*\} query \[1, 8\]$/);
  },
);
