import { ArgumentError, DisposedError, MemoryLimitError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import type { Engine } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { TextInputError } from '@sentence-mtl/tokenizer';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Embeddings } from './embeddings.ts';
import type { EncodingProgress } from './encode-options.ts';
import { quantizationRanges, quantizeEmbeddings } from './quantize-embeddings.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

const FOLDER = new URL('../fixtures/nano-bert', import.meta.url).pathname;
const TEXTS = ['good day', '', 'the weather is good today and it was good yesterday', 'a', 'the weather'];

const engine = await onnxruntimeEngine({ threads: 1 });
let encoder: SentenceEncoder;
beforeAll(async () => {
  encoder = await SentenceEncoder.load(FOLDER, { engine });
});
afterAll(() => engine.dispose());

const rowsOf = ({ shape: [rows, columns], data }: Embeddings<'float32'>): readonly (readonly number[])[] =>
  Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);

const lengths = (embeddings: Embeddings<'float32'>): readonly number[] =>
  rowsOf(embeddings).map((row) => Math.hypot(...row));

function expectClose(actual: Embeddings<'float32'>, expected: Embeddings<'float32'>): void {
  expect(actual.shape).toEqual(expected.shape);
  // Padding changes the shapes that are multiplied, and so the roundings.
  actual.data.forEach((value, index) => expect(value).toBeCloseTo(expected.data[index] ?? Number.NaN, 5));
}

describe('encode', () => {
  test('gives rows in the order of the texts, however they are batched', async () => {
    const alone = await Promise.all(TEXTS.map(async (text) => encoder.encode([text])));
    const expected = alone.flatMap(rowsOf);
    const limits = fc.oneof(
      fc.integer({ min: 1, max: 8 }).map((batchSize) => ({ batchSize })),
      fc.integer({ min: 1, max: 80 }).map((tokenBudget) => ({ tokenBudget })),
    );
    const orders = fc.array(fc.nat({ max: TEXTS.length - 1 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(orders, limits, async (order, limit) => {
        const embeddings = await encoder.encode(
          order.map((index) => TEXTS[index] ?? ''),
          limit,
        );
        const data = Float32Array.from(order.flatMap((index) => expected[index] ?? []));
        expectClose(embeddings, { precision: 'float32', shape: [order.length, 16], data });
      }),
      { numRuns: 40 },
    );
  });

  test('of no texts gives no rows', async () => {
    expect(await encoder.encode([])).toEqual({ precision: 'float32', shape: [0, 16], data: new Float32Array() });
    expect(await encoder.encode([], { precision: 'binary' })).toMatchObject({ shape: [0, 2] });
    expect(await encoder.encode([], { output: 'token' })).toEqual([]);
  });

  test('leaves lengths as they are unless it is told to normalise', async () => {
    for (const length of lengths(await encoder.encode(TEXTS))) expect(Math.abs(length - 1)).toBeGreaterThan(0.01);
    for (const length of lengths(await encoder.encode(TEXTS, { normalize: true }))) expect(length).toBeCloseTo(1, 6);
    const short = await encoder.encode(TEXTS, { normalize: true, truncateDimension: 5 });
    expect(short.shape).toEqual([TEXTS.length, 5]);
    for (const length of lengths(short)) expect(length).toBeCloseTo(1, 6);
  });

  test('gives back the lengths that a model normalises away where normalize is false', async () => {
    const config = { ...encoder.model.config, normalize: true };
    await using normalizing = new SentenceEncoder({ ...encoder.model, config }, { engine });
    for (const length of lengths(await normalizing.encode(TEXTS))) expect(length).toBeCloseTo(1, 6);
    expect(await normalizing.encode(TEXTS, { normalize: false })).toEqual(await encoder.encode(TEXTS));
    expectClose(await normalizing.encode(TEXTS), await encoder.encode(TEXTS, { normalize: true }));
    const cut = await normalizing.encode(TEXTS, { truncateDimension: 4 });
    expect(Math.max(...lengths(cut))).toBeLessThan(1);
  });

  test('quantises after all else, by the ranges given or those of the texts', async () => {
    const plain = await encoder.encode(TEXTS, { truncateDimension: 9, normalize: true });
    const options = { truncateDimension: 9, normalize: true } as const;
    expect(await encoder.encode(TEXTS, { ...options, precision: 'ubinary' })).toEqual(
      quantizeEmbeddings(plain, 'ubinary'),
    );
    expect(await encoder.encode(TEXTS, { ...options, precision: 'int8' })).toEqual(quantizeEmbeddings(plain, 'int8'));
    const ranges = quantizationRanges(await encoder.encode(['a', 'the weather'], options));
    const given = await encoder.encode(TEXTS, { ...options, precision: 'uint8', ranges });
    expect(given).toEqual(quantizeEmbeddings(plain, 'uint8', ranges));
  });

  test('gives a vector for each token of a text, padding left out, whose mean is the sentence embedding', async () => {
    const tokens = await encoder.encode(TEXTS, { output: 'token', batchSize: 3 });
    const sentences = rowsOf(await encoder.encode(TEXTS));
    expect(tokens.map(({ shape }) => shape[1])).toEqual(TEXTS.map(() => 16));
    expect(tokens[1]?.shape).toEqual([2, 16]); // The empty text: [CLS] and [SEP].
    tokens.forEach(({ shape: [count, columns], data }, row) => {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let token = 0; token < count; token++) sum += data[token * columns + column] ?? Number.NaN;
        expect(sum / count).toBeCloseTo(sentences[row]?.[column] ?? Number.NaN, 5);
      }
    });
  });

  test('gives the same with the parameters bound, and on another engine', async () => {
    const expected = await encoder.encode(TEXTS);
    await using bound = await SentenceEncoder.load(FOLDER, { engine, bindParameters: true });
    expectClose(await bound.encode(TEXTS), expected);
    await using reference = await SentenceEncoder.load(FOLDER, { engine: referenceEngine() });
    expectClose(await reference.encode(TEXTS), expected);
    const [token] = await reference.encode(['a'], { output: 'token' });
    const [other] = await bound.encode(['a'], { output: 'token' });
    expect(token?.shape).toEqual(other?.shape);
    token?.data.forEach((value, index) => expect(value).toBeCloseTo(other?.data[index] ?? Number.NaN, 5));
  });

  test('cuts texts off at maxLength', async () => {
    await using short = await SentenceEncoder.load(FOLDER, { engine, maxLength: 4 });
    expect(short.maximumLength).toBe(4);
    const tokens = await short.encode(TEXTS, { output: 'token' });
    expect(Math.max(...tokens.map(({ shape }) => shape[0]))).toBe(4);
    await expect(SentenceEncoder.load(FOLDER, { engine, maxLength: 49 })).rejects.toThrow(
      /maxLength is 49; .* takes a whole number from 1 to 48/,
    );
  });

  test('tells how far it is, and how much is padding', async () => {
    const progress: EncodingProgress[] = [];
    await encoder.encode(TEXTS, { batchSize: 2, onProgress: (each) => progress.push(each) });
    expect(progress.map(({ done }) => done)).toEqual([2, 4, 5]);
    expect(progress.every(({ total }) => total === 5)).toBe(true);
    expect(progress[0]?.paddingFraction).toBeGreaterThan(0);
    expect(progress[0]?.paddingFraction).toBeLessThan(0.5);
  });

  test.each([
    [
      { precision: 'int4' },
      'precision is "int4"; it is one of float32, int8, uint8, binary, ubinary; did you mean "int8"?',
    ],
    [{ truncateDimension: 17 }, 'truncateDimension is 17; a whole number from 1 to 16'],
    [{ truncateDimension: 0 }, 'truncateDimension is 0;'],
    [{ batchSize: 0 }, 'batchSize is 0; a whole number of at least 1 is needed'],
    [{ tokenBudget: 1.5 }, 'tokenBudget is 1.5;'],
    [{ batchSize: 8, tokenBudget: 8 }, 'batchSize and tokenBudget are both given'],
    [{ promptName: 'query' }, 'the model has no prompt "query"; it has none'],
    [{ output: 'token', truncateDimension: 4 }, 'are for sentence embeddings'],
    [{ output: 'token', precision: 'int8' }, 'are for sentence embeddings'],
    [{ output: 'words' }, 'output is "words"; it is sentence or token'],
  ])('refuses %j', async (options, words) => {
    const encoding = encoder.encode(TEXTS, options as object);
    await expect(encoding).rejects.toThrow(ArgumentError);
    await expect(encoding).rejects.toThrow(words);
  });
});

describe('a prompt', () => {
  const withPrompts = (defaultPromptName: string | undefined): SentenceEncoder => {
    const prompts = { prompts: { query: 'good ', passage: 'the ' }, defaultPromptName, similarity: undefined };
    return new SentenceEncoder({ ...encoder.model, config: { ...encoder.model.config, prompts } }, { engine });
  };

  test('goes in front of each text: the one given, the one named, or the default', async () => {
    await using prompted = withPrompts('query');
    const expected = await encoder.encode(TEXTS.map((text) => `good ${text}`));
    expectClose(await prompted.encode(TEXTS), expected);
    expectClose(await prompted.encode(TEXTS, { promptName: 'passage', prompt: 'good ' }), expected);
    expectClose(await prompted.encode(TEXTS, { prompt: '' }), await encoder.encode(TEXTS));
    const passage = await prompted.encode(TEXTS, { promptName: 'passage' });
    expectClose(passage, await encoder.encode(TEXTS.map((text) => `the ${text}`)));
  });

  test('that the model does not have is refused with those it has', async () => {
    await using prompted = withPrompts(undefined);
    await expect(prompted.encode(TEXTS, { promptName: 'qurey' })).rejects.toThrow(
      'the model has no prompt "qurey"; its prompts are query, passage; did you mean "query"?',
    );
    await expect(prompted.encode(TEXTS, { promptName: 'toString' })).rejects.toThrow(ArgumentError);
  });
});

describe('a signal', () => {
  test('ends the work within one batch, with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    let batches = 0;
    const encoding = encoder.encode(
      Array.from({ length: 64 }, () => 'good day'),
      {
        batchSize: 1,
        signal: controller.signal,
        onProgress: () => {
          if (++batches === 3) setImmediate(() => controller.abort(reason));
        },
      },
    );
    await expect(encoding).rejects.toBe(reason);
    expect(batches).toBeGreaterThanOrEqual(3);
    expect(batches).toBeLessThanOrEqual(4);
  });

  test('that has aborted before lets nothing begin', async () => {
    await expect(encoder.encode(TEXTS, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
  });
});

describe('an encoder that is disposed of', () => {
  test('gives its native memory back, once, and encodes no more', async () => {
    const own = await onnxruntimeEngine({ threads: 1 });
    const short = await SentenceEncoder.load(FOLDER, { engine: own });
    await Promise.all([short.encode(TEXTS), short.encode(TEXTS, { output: 'token' })]);
    expect(own.liveSessions).toBe(2);
    await short.dispose();
    await short.dispose();
    expect(own.liveSessions).toBe(0);
    await expect(short.encode(TEXTS)).rejects.toThrow(DisposedError);
    await own.dispose();
  });
});

test('a program that could not be compiled is compiled again', async () => {
  let attempts = 0;
  const failingOnce: Engine = {
    name: engine.name,
    compile: async (program, options) => {
      if (++attempts === 1) throw new MemoryLimitError('no memory is left');
      return engine.compile(program, options);
    },
    dispose: async () => undefined,
  };
  await using other = new SentenceEncoder(encoder.model, { engine: failingOnce });
  await expect(other.encode(TEXTS)).rejects.toThrow('no memory is left');
  expect(await other.encode(TEXTS)).toEqual(await encoder.encode(TEXTS));
  expect(attempts).toBe(2);
});

test('texts that are no texts are refused with their row', async () => {
  for (const [wrong, words] of [
    [12, 'row 1: the input is 12; a text is needed'],
    [null, 'row 1: the input is null; a text is needed'],
    [undefined, 'row 1: the input is missing; a text is needed'],
    [['a', 'b'], 'row 1: the input is a list of 2; a text is needed'],
  ] as const) {
    const encoding = encoder.encode(['good', wrong as unknown as string], { prompt: 'x' });
    await expect(encoding).rejects.toThrow(words);
    await expect(encoding).rejects.toMatchObject({ constructor: TextInputError, code: 'TEXT_INPUT', row: 1 });
  }
  await expect(encoder.encode('good' as unknown as string[])).rejects.toThrow(
    'texts is "good"; a list of texts is needed',
  );
});
