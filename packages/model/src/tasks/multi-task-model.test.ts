import { ArgumentError, DisposedError, type HostTensor } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { regression } from '@sentence-mtl/heads';
import type { Engine } from '@sentence-mtl/program';
import { TextInputError } from '@sentence-mtl/tokenizer';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { readSentenceModel } from '../read-sentence-model.ts';
import { similarity } from '../similarity.ts';
import { everyReading as tasks, NANO_BERT, PAIRS, TEXTS } from './every-reading.test.support.ts';
import { MultiTaskModel } from './multi-task-model.ts';
import { createTaskModel, type TaskModel } from './task-model.ts';

const engine = await onnxruntimeEngine({ threads: 1 });
let data: TaskModel<typeof tasks>;
let model: MultiTaskModel<typeof tasks>;
beforeAll(async () => {
  data = createTaskModel(await readSentenceModel(NANO_BERT), tasks, 7);
  model = new MultiTaskModel(data, { engine });
});
afterAll(() => engine.dispose());

/** An engine that notes the outputs of what it compiles. */
function notingEngine(compiled: (readonly string[])[]): Engine {
  return {
    name: engine.name,
    compile: async (program, options) => {
      compiled.push(Object.keys(program.outputs));
      return engine.compile(program, options);
    },
    dispose: async () => Promise.resolve(),
  };
}

function largestGap(a: unknown, b: unknown): number {
  const numbers = (value: unknown): readonly number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbers)
        : [];
  const [x, y] = [numbers(a), numbers(b)];
  return x.length === y.length ? Math.max(0, ...x.map((value, i) => Math.abs(value - (y[i] ?? NaN)))) : NaN;
}

describe('predict', () => {
  it('says of each text what every task says, in the order of the texts', async () => {
    const rows = await model.predict(TEXTS);
    expect(rows).toHaveLength(TEXTS.length);
    expect(Object.keys(rows[0] ?? {})).toEqual(['intent', 'tags', 'mood']);
    for (const { intent, tags, mood } of rows) {
      expect(intent.scores.refund + intent.scores.cancel).toBeCloseTo(1, 6);
      expect(intent.confidence).toBe(Math.max(intent.scores.refund, intent.scores.cancel));
      expect(Object.values(tags.scores).every((score) => score > 0 && score < 1)).toBe(true);
      expect(Number.isFinite(mood.value)).toBe(true);
    }
    for (const [row, text] of TEXTS.entries()) {
      expect(largestGap(rows[row], (await model.predict([text]))[0])).toBeLessThan(1e-5);
    }
    expectTypeOf(rows[0]?.intent.label).toEqualTypeOf<'refund' | 'cancel' | undefined>();
    expectTypeOf<keyof (typeof rows)[number]>().toEqualTypeOf<'intent' | 'tags' | 'mood'>();
  });

  it('computes what is asked for and nothing else, once for each set of tasks', async () => {
    const compiled: (readonly string[])[] = [];
    await using other = new MultiTaskModel(data, { engine: notingEngine(compiled) });
    const both = await other.predict(TEXTS, { tasks: ['mood', 'intent'] });
    const [mood] = await other.predict(['good day'], { tasks: ['mood'] });
    await other.predict(['no'], { tasks: ['intent', 'mood', 'intent'] });
    expect(compiled).toEqual([['outputs.intent', 'outputs.mood'], ['outputs.mood']]);
    expect(Object.keys(mood ?? {})).toEqual(['mood']);
    expect(largestGap(both[0]?.mood, mood?.mood)).toBeLessThan(1e-5);
    expectTypeOf(mood).toEqualTypeOf<{ readonly mood: { readonly value: number } } | undefined>();
  });

  it('gives the embeddings that the encoder gives', async () => {
    const rows = await model.predict(TEXTS, { embeddings: true, tasks: ['mood'] });
    const { data: expected, shape } = await model.encoder.encode(TEXTS);
    for (const [row, { embedding: vector, mood }] of rows.entries()) {
      expect([...vector]).toEqual([...expected.subarray(row * shape[1], (row + 1) * shape[1])]);
      expect(mood.value).not.toBeNaN();
    }
    const [only] = await model.predict(['no'], { embeddings: true, tasks: [] });
    expect(Object.keys(only ?? {})).toEqual(['embedding']);
  });

  it('lists the best labels, counts progress, and does nothing for no texts', async () => {
    const seen: number[] = [];
    const options = { topK: 2, batchSize: 2, onProgress: ({ done }: { readonly done: number }) => seen.push(done) };
    const [first] = await model.predict(TEXTS, options);
    expect(first?.tags.top).toHaveLength(2);
    expect(first?.intent.top?.[0]?.label).toBe(first?.intent.label);
    expect(seen).toEqual([2, 4, 5]);
    expect(await model.predict([])).toEqual([]);
  });

  it('says who is meant where a task is not there, or is not of single texts', async () => {
    const untyped = model as unknown as MultiTaskModel;
    const refused: readonly (readonly [readonly string[], string])[] = [
      [['intend'], 'the model has no task "intend"; did you mean "intent"?'],
      [['toString'], 'the model has no task "toString"; its tasks are intent, tags, mood'],
      [['alike'], 'task "alike" reads 2 texts a row; ask for it by predictPairs(pairs)'],
      [['near'], 'task "near" is of kind embedding: its outputs are the embeddings themselves'],
    ];
    for (const [names, message] of refused) {
      await expect(untyped.predict(['a'], { tasks: names })).rejects.toThrow(ArgumentError);
      await expect(untyped.predict(['a'], { tasks: names })).rejects.toThrow(message);
    }
    await expect(untyped.predictPairs([['a', 'b']], { tasks: ['mood'] })).rejects.toThrow(
      'ask for it by predict(texts)',
    );
    await expect(model.predict(['a'], { topK: 0 })).rejects.toThrow('topK is 0');
    await expect(model.predict(['a', 3 as unknown as string])).rejects.toThrow(TextInputError);
    await expect(model.predict('a' as unknown as string[])).rejects.toThrow('texts is "a"; a list of texts is needed');
    // @ts-expect-error a task that reads pairs
    await expect(model.predict(['a'], { tasks: ['alike'] })).rejects.toThrow(ArgumentError);
  });

  it('ends where its signal says', async () => {
    const controller = new AbortController();
    const running = model.predict(TEXTS, {
      batchSize: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toThrow(controller.signal.reason as Error);
    expect(await model.predict(['no'])).toHaveLength(1);
  });
});

describe('predictPairs', () => {
  it('compares the texts of each pair, each side padded by itself', async () => {
    const rows = await model.predictPairs(PAIRS);
    expect(rows.map((row) => Object.keys(row))).toEqual([
      ['alike', 'follows'],
      ['alike', 'follows'],
    ]);
    const u = await model.encoder.encode(PAIRS.map(([text]) => text));
    const v = await model.encoder.encode(PAIRS.map(([, text]) => text));
    const cosines = similarity(u, v, 'cosine');
    expect(rows[0]?.alike.score).toBeCloseTo(cosines.data[0] ?? NaN, 5);
    expect(rows[1]?.alike.score).toBeCloseTo(1, 5);
    const alone = await Promise.all(PAIRS.map(async (pair) => (await model.predictPairs([pair]))[0]));
    expect(largestGap(rows, alone)).toBeLessThan(1e-5);
    expectTypeOf(rows[0]?.follows.label).toEqualTypeOf<'yes' | 'no' | 'maybe' | undefined>();
  });

  it('takes pairs only', async () => {
    const wrong = [['a', 'b'], ['a']] as unknown as readonly (readonly [string, string])[];
    await expect(model.predictPairs(wrong)).rejects.toThrow('row 1: the pair is a list of 1; [text, text] is needed');
    await expect(model.predictPairs([['a', 3 as unknown as string]])).rejects.toThrow(TextInputError);
  });
});

describe('a multi-task model', () => {
  it('runs many sets of tasks at once, and lets go of what is out of use', async () => {
    const names = Array.from({ length: 24 }, (_, i) => `t${i}`);
    const many = createTaskModel(
      await readSentenceModel(NANO_BERT),
      Object.fromEntries(names.map((name) => [name, regression()])),
      1,
    );
    let alive = 0;
    const counting: Engine = {
      ...notingEngine([]),
      compile: async (program, options) => {
        const executable = await engine.compile(program, options);
        alive++;
        return {
          ...executable,
          run: executable.run.bind(executable),
          dispose: async () => (alive--, executable.dispose()),
        };
      },
    };
    await using other = new MultiTaskModel(many, { engine: counting });
    const rows = await Promise.all(names.map(async (name) => other.predict(TEXTS, { tasks: [name] })));
    expect(rows.flat()).toHaveLength(names.length * TEXTS.length);
    await other.predict(['no'], { tasks: ['t0'] });
    expect(alive).toBeLessThanOrEqual(16);
    await other.dispose();
    expect(alive).toBe(0);
  });

  it('starts its heads from a seed, and leaves the encoder as it is', async () => {
    const encoder = await readSentenceModel(NANO_BERT);
    const [a, b, c] = [7, 7, 8].map((seed) => createTaskModel(encoder, tasks, seed));
    const weights = (each: TaskModel | undefined): HostTensor<'float32'> | undefined =>
      each?.parameters.get('heads.intent.output.weight');
    expect(weights(a)).toEqual(weights(b));
    expect(weights(a)).not.toEqual(weights(c));
    for (const [path, tensor] of encoder.parameters) expect(a?.parameters.get(path)).toBe(tensor);
  });

  it('predicts the same with its parameters bound to the programs', async () => {
    await using bound = new MultiTaskModel(data, { engine, bindParameters: true });
    expect(largestGap(await bound.predict(TEXTS), await model.predict(TEXTS))).toBeLessThan(1e-5);
    expect(largestGap(await bound.predictPairs(PAIRS), await model.predictPairs(PAIRS))).toBeLessThan(1e-5);
  });

  it('cannot be used once it is disposed of', async () => {
    const other = new MultiTaskModel(data, { engine });
    await other.predict(['a']);
    await other.dispose();
    await expect(other.predict(['a'])).rejects.toThrow(DisposedError);
  });
});
