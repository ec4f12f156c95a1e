// Texts and folders that are wrong, strange or hostile: none crashes, hangs, takes much memory or answers wrongly.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { absence, golden } from './golden.test.support.ts';
import { readSentenceModel } from './read-sentence-model.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

const NANO = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const engine = await onnxruntimeEngine({ threads: 1 });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await engine.dispose();
});

const STRANGE: Readonly<Record<string, string>> = {
  'an empty text': '',
  'only spaces': ' \t\n\u00a0\u3000  ',
  'a lone high surrogate': 'good \ud83d day',
  'a lone low surrogate': '\udc00',
  NUL: 'good\0day',
  'all control characters': Array.from({ length: 32 }, (_, code) => String.fromCodePoint(code)).join(''),
  'a megabyte without spaces': 'x'.repeat(1 << 20),
  'a megabyte of spaces': ' '.repeat(1 << 20),
  'a megabyte of marks on one letter': `e${'\u0301'.repeat(1 << 19)}`,
  'a megabyte of emoji': '\u{1f9d1}\u200d\u{1f680}'.repeat(1 << 17),
  'special tokens': '[CLS] good [SEP] day [PAD] [MASK] </s> <s> <pad>',
  'the byte order mark': '\ufeffgood',
};

const MODELS: readonly (readonly [string, string])[] = [
  ['nano-bert', NANO],
  ...(absence === undefined
    ? ['roberta', 'xlm-roberta', 'mpnet', 'albert'].map((name) => [name, golden(`models/${name}`)] as const)
    : []),
];

describe.each(MODELS)('%s encodes', (_name, path) => {
  let encoder: SentenceEncoder;
  beforeAll(async () => {
    encoder = await SentenceEncoder.load(path, { engine });
  });
  afterAll(() => encoder.dispose());

  test.each(Object.entries(STRANGE))('%s', async (_kind, text) => {
    const { data, shape } = await encoder.encode([text, 'good day'], { normalize: true });
    expect(shape).toEqual([2, encoder.dimension]);
    expect(Math.hypot(...data.subarray(0, encoder.dimension))).toBeCloseTo(1, 5);
    const beside = await encoder.encode(['good day'], { normalize: true });
    data.subarray(encoder.dimension).forEach((value, i) => expect(value).toBeCloseTo(beside.data[i] ?? Number.NaN, 5));
  });

  test('a lone surrogate as the replacement character', async () => {
    expect(await encoder.encode(['good \ud83d day'])).toEqual(await encoder.encode(['good \ufffd day']));
  });
});

test('a special token in a text is that token, as in Python', async () => {
  await using encoder = await SentenceEncoder.load(NANO, { engine });
  const [inside] = await encoder.encode(['[SEP]'], { output: 'token' });
  expect(inside?.shape).toEqual([3, 16]); // [CLS] [SEP] [SEP]
});

/** A copy of nano-bert that a test may break. */
function copy(name: string): string {
  const path = join(folder, name.replace(/\W+/g, '-'));
  cpSync(NANO, path, { recursive: true });
  return path;
}

type Json = Record<string, unknown>;

function editJson(path: string, edit: (json: Json) => unknown): void {
  const json = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Json) : {};
  writeFileSync(path, JSON.stringify(edit(json)));
}

/** Replaces the header of the weights, whose length is then written by `lengthOf`. */
function editHeader(path: string, edit: (header: Json) => Json, lengthOf = (length: number) => BigInt(length)): void {
  const file = join(path, 'model.safetensors');
  const bytes = readFileSync(file);
  const start = 8 + Number(bytes.readBigUInt64LE());
  const header = edit(JSON.parse(bytes.toString('utf8', 8, start)) as Json);
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(lengthOf(text.length));
  writeFileSync(file, Buffer.concat([length, text, bytes.subarray(start)]));
}

const WORD = 'embeddings.word_embeddings.weight';

const withoutTensor =
  (name: string) =>
  (header: Json): Json => {
    const { [name]: taken, ...rest } = header;
    return { ...rest, 'other.weight': taken };
  };

const withModules = (
  path: string,
  ...modules: readonly (readonly [kind: string, path: string, config?: Json])[]
): void => {
  const entries = modules.map(([kind, modulePath], idx) => ({
    idx,
    name: String(idx),
    path: modulePath,
    type: `sentence_transformers.models.${kind}`,
  }));
  writeFileSync(join(path, 'modules.json'), JSON.stringify(entries));
  for (const [, modulePath, config] of modules) {
    if (config === undefined) continue;
    mkdirSync(join(path, modulePath), { recursive: true });
    writeFileSync(join(path, modulePath, 'config.json'), JSON.stringify(config));
  }
};

const MEAN = { word_embedding_dimension: 16, pooling_mode_mean_tokens: true };
const DENSE = { in_features: 16, out_features: 4 };

/** What is wrong with a folder, the code of the error, words of its message. */
const BROKEN: readonly (readonly [kind: string, code: string, words: RegExp, breakIt: (path: string) => void])[] = [
  [
    'no folder',
    'MODEL_FILE',
    /cannot read the model folder .*: it does not exist/,
    (path) => rmSync(path, { recursive: true }),
  ],
  [
    'an empty folder',
    'MODEL_FILE',
    /config\.json: it does not exist/,
    (path) => {
      rmSync(path, { recursive: true });
      mkdirSync(path);
    },
  ],
  [
    'a file in its place',
    'MODEL_FILE',
    /is a file; the folder of a model is needed/,
    (path) => {
      rmSync(path, { recursive: true });
      writeFileSync(path, '');
    },
  ],
  [
    'an empty config.json',
    'MODEL_FILE',
    /config\.json is not JSON/,
    (path) => writeFileSync(join(path, 'config.json'), ''),
  ],
  [
    'an unknown architecture',
    'ENCODER_CONFIG',
    /config\.json: model_type "deberta-v2" is not supported; supported are bert, /,
    (path) => editJson(join(path, 'config.json'), (json) => ({ ...json, model_type: 'deberta-v2' })),
  ],
  [
    'sizes of terabytes',
    'MODEL',
    /tensor ".*" has the shape \(16\), but the config asks for \(1048576\); the weights and config\.json are of different models/,
    (path) =>
      editJson(join(path, 'config.json'), (json) => ({
        ...json,
        vocab_size: 2 ** 24,
        hidden_size: 2 ** 20,
        intermediate_size: 2 ** 24,
      })),
  ],
  [
    'layers without end',
    'ENCODER_CONFIG',
    /"num_hidden_layers" is 16777216; it must be a whole number from 1 to 1000/,
    (path) => editJson(join(path, 'config.json'), (json) => ({ ...json, num_hidden_layers: 2 ** 24 })),
  ],
  [
    'a layer too many',
    'MODEL',
    /16 of 37 parameters have no tensor in the weights: encoder\.layers\.1\.attention\.query\.weight, .* and 8 more/,
    (path) => editJson(join(path, 'config.json'), (json) => ({ ...json, num_hidden_layers: 2 })),
  ],
  [
    'a tensor too few',
    'MODEL',
    /1 of 21 parameters have no tensor in the weights: encoder\.embeddings\.word\.weight$/,
    (path) => editHeader(path, withoutTensor(WORD)),
  ],
  [
    'a tensor twice under two names',
    'MODEL',
    /are the same parameter, encoder\.embeddings\.norm\.bias/,
    (path) =>
      editHeader(path, ({ 'embeddings.LayerNorm.weight': taken, ...rest }) => ({
        ...rest,
        'bert.embeddings.LayerNorm.beta': taken,
      })),
  ],
  ['no weights', 'MODEL_FILE', /has no model\.safetensors/, (path) => rmSync(join(path, 'model.safetensors'))],
  [
    'pickled weights only',
    'MODEL_FILE',
    /weights only as pytorch_model\.bin, .* convert it to safetensors once/,
    (path) => {
      rmSync(join(path, 'model.safetensors'));
      writeFileSync(join(path, 'pytorch_model.bin'), 'x');
    },
  ],
  [
    'weights cut off',
    'MODEL_FILE',
    /is cut off: tensor .* fetch or copy it again/,
    (path) => truncateSync(join(path, 'model.safetensors'), 20_000),
  ],
  [
    'weights cut off in the header',
    'MODEL_FILE',
    /its header claims \d+ bytes, but the file has 100/,
    (path) => truncateSync(join(path, 'model.safetensors'), 100),
  ],
  [
    'weights of no byte',
    'MODEL_FILE',
    /has 0 bytes; a safetensors file has at least 8/,
    (path) => truncateSync(join(path, 'model.safetensors'), 0),
  ],
  [
    'a header of terabytes',
    'MODEL_FILE',
    /its header claims 9007199254740993 bytes/,
    (path) =>
      editHeader(
        path,
        (header) => header,
        () => 2n ** 53n + 1n,
      ),
  ],
  [
    'a tensor of terabytes',
    'MODEL_FILE',
    /has 4398046511104 bytes, but its offsets span 25600/,
    (path) =>
      editHeader(path, (header) => ({ ...header, [WORD]: { ...(header[WORD] as Json), shape: [2 ** 20, 2 ** 20] } })),
  ],
  [
    'tensors that overlap',
    'MODEL_FILE',
    /tensor ".*" overlaps tensor "/,
    (path) =>
      editHeader(path, (header) => ({
        ...header,
        'pooler.dense.bias': { ...(header['pooler.dense.bias'] as Json), data_offsets: [0, 64] },
      })),
  ],
  [
    'an index that points outside',
    'MODEL_FILE',
    /model\.safetensors\.index\.json names the path "\.\.\/other\/model\.safetensors": it leaves its folder/,
    (path) => {
      rmSync(join(path, 'model.safetensors'));
      editJson(join(path, 'model.safetensors.index.json'), () => ({
        weight_map: { [WORD]: '../other/model.safetensors' },
      }));
    },
  ],
  [
    'modules that point outside',
    'MODEL_FILE',
    /modules\.json names the path "\.\.\/\.\.\/etc": it leaves its folder/,
    (path) => withModules(path, ['Transformer', ''], ['Pooling', '../../etc']),
  ],
  [
    'modules at an absolute path',
    'MODEL_FILE',
    /names the path "\/etc": it is an absolute path/,
    (path) => withModules(path, ['Transformer', '/etc'], ['Pooling', '1_Pooling', MEAN]),
  ],
  [
    'modules in another order',
    'MODEL_FILE',
    /supported is Transformer → Pooling → any Dense → at most one Normalize/,
    (path) => withModules(path, ['Transformer', ''], ['Normalize', '1_Normalize'], ['Pooling', '2_Pooling', MEAN]),
  ],
  [
    'a module that is not known',
    'MODEL_FILE',
    /is of type "sentence_transformers\.models\.LSTM", which is not supported/,
    (path) => withModules(path, ['Transformer', ''], ['LSTM', '1_LSTM']),
  ],
  [
    'a pooling of another size',
    'MODEL',
    /the pooling takes token embeddings of 32, but the encoder gives 16/,
    (path) =>
      withModules(path, ['Transformer', ''], ['Pooling', '1_Pooling', { ...MEAN, word_embedding_dimension: 32 }]),
  ],
  [
    'a dense layer of another size',
    'MODEL',
    /the dense layer takes 8 values, but is given 16/,
    (path) =>
      withModules(
        path,
        ['Transformer', ''],
        ['Pooling', '1_Pooling', MEAN],
        ['Dense', '2_Dense', { ...DENSE, in_features: 8 }],
      ),
  ],
  [
    'a dense layer of pickled weights',
    'MODEL_FILE',
    /2_Dense has weights only as pytorch_model\.bin, .* python -c "import torch, safetensors\.torch as s; s\.save_file/,
    (path) => {
      withModules(path, ['Transformer', ''], ['Pooling', '1_Pooling', MEAN], ['Dense', '2_Dense', DENSE]);
      writeFileSync(join(path, '2_Dense/pytorch_model.bin'), 'x');
    },
  ],
  [
    'a dense layer without weights',
    'MODEL_FILE',
    /2_Dense has no model\.safetensors/,
    (path) => withModules(path, ['Transformer', ''], ['Pooling', '1_Pooling', MEAN], ['Dense', '2_Dense', DENSE]),
  ],
  [
    'a length that is none',
    'MODEL_FILE',
    /max_seq_length is -1; a whole number of at least 1 is needed/,
    (path) => editJson(join(path, 'sentence_bert_config.json'), () => ({ max_seq_length: -1 })),
  ],
  [
    'no tokenizer.json',
    'TOKENIZER_FILE',
    /has no tokenizer\.json; make one once, in Python/,
    (path) => rmSync(join(path, 'tokenizer.json')),
  ],
  [
    'a tokenizer.json that is none',
    'TOKENIZER_FILE',
    /tokenizer\.json is not JSON/,
    (path) => writeFileSync(join(path, 'tokenizer.json'), '{"model":'),
  ],
  [
    'a tokenizer.json without a model',
    'TOKENIZER_FILE',
    /model/,
    (path) => writeFileSync(join(path, 'tokenizer.json'), '{}'),
  ],
  [
    'a tokenizer_config.json that is a list',
    'TOKENIZER_FILE',
    /tokenizer_config\.json/,
    (path) => writeFileSync(join(path, 'tokenizer_config.json'), '[]'),
  ],
];

describe('a folder with', () => {
  test.each(BROKEN)('%s is refused', async (kind, code, words, breakIt) => {
    const path = copy(kind);
    breakIt(path);
    const before = process.memoryUsage().rss;
    const loading = SentenceEncoder.load(path, { engine });
    await expect(loading).rejects.toThrow(words);
    await expect(loading).rejects.toMatchObject({ code });
    await expect(loading).rejects.toBeInstanceOf(SentenceMtlError);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
  });

  test('a longer text than its encoder has positions for gets a notice', async () => {
    const path = copy('long');
    editJson(join(path, 'sentence_bert_config.json'), () => ({ max_seq_length: 512 }));
    const { config, notices } = await readSentenceModel(path);
    expect(config.maximumLength).toBe(48);
    expect(notices.map(({ kind }) => kind)).toEqual(['meanPooling', 'maximumLength']);
    expect(notices[1]?.message).toContain('asks for texts of 512 tokens, but its encoder has positions for 48');
  });

  test('tokens that the encoder does not know refuses the texts that have one, and only those', async () => {
    const path = copy('vocabulary');
    const token = {
      id: 400,
      content: '<new>',
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    };
    editJson(join(path, 'tokenizer.json'), (json) => ({
      ...json,
      added_tokens: [...(json['added_tokens'] as Json[]), token],
    }));
    await using encoder = await SentenceEncoder.load(path, { engine });
    expect((await encoder.encode(['good day'])).shape).toEqual([1, 16]);
    await expect(encoder.encode(['good', 'a <new> day'])).rejects.toThrow(
      'has the token 400, but the encoder knows 400 tokens',
    );
  });

  test.skipIf(absence !== undefined)('a pooler, a task head and a buffer beside the encoder is read', async () => {
    const [plain, legacy] = await Promise.all(
      ['bert', 'bert-legacy-names'].map((name) => readSentenceModel(golden(`models/${name}`))),
    );
    expect([...(legacy?.parameters ?? [])].length).toBeGreaterThan(20);
    for (const [path, { data }] of plain?.parameters ?? [])
      expect(legacy?.parameters.get(path)?.data, path).toEqual(data);
  });
});
