// What must not change a run's numbers does not: cutting a step, keeping the outputs of frozen layers, freezing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parameters } from '@sentence-mtl/core';
import {
  bitFit,
  freezeEmbeddings,
  freezeEncoder,
  freezeHeads,
  freezeLayersBelow,
  layerNormOnly,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';
import { classification, defineTasks, embedding, pairSimilarity } from '@sentence-mtl/heads';
import { describe, expect, it } from 'vitest';
import { TrainingSettingsError } from './errors.ts';
import type { TrainingEvent } from './events.ts';
import type { TrainOptions } from './loop/train-options.ts';
import { train } from './train.ts';
import type { TrainingModel } from './training-model.ts';
import { someExamples, tinyModel } from './tiny-run.test.support.ts';
import { tinyRun } from './train.test.support.ts';

function largestDifference(a: Parameters, b: Parameters): number {
  let largest = 0;
  for (const [path, { data }] of a) {
    data.forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - (b.get(path)?.data[i] ?? NaN)));
    });
  }
  return largest;
}

async function run(
  changes: Partial<TrainOptions>,
): Promise<{ parameters: Parameters; metrics: string; events: TrainingEvent[] }> {
  const events: TrainingEvent[] = [];
  const options = await tinyRun({ onEvent: (event) => events.push(event), ...changes });
  const { parameters } = await train(options);
  return { parameters, metrics: await readFile(join(options.folder, 'metrics.jsonl'), 'utf8'), events };
}

describe('micro-batches', () => {
  it('give the gradient of the whole step, with missing labels too', async () => {
    const oneStep = {
      steps: { length: { epochs: 1 }, batchSize: 48 },
      settings: { dropout: 0, clipNorm: null, schedule: { kind: 'constant' } },
    } as const;
    const whole = await run({ ...oneStep, tokenBudget: null });
    const cut = await run({ ...oneStep, tokenBudget: 100 });
    const lossOf = ({ events }: typeof cut): number =>
      events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []))[0] ?? NaN;
    expect(Math.abs(lossOf(whole) - lossOf(cut))).toBeLessThan(1e-6);
    expect(cut.events).not.toEqual(whole.events); // The losses' last bits: it was cut.
    // Adam divides a gradient by its own size, so that a wrong one would move parameters by the whole rate, 1e-3.
    const { parameters } = await tinyModel();
    expect(largestDifference(whole.parameters, parameters)).toBeGreaterThan(9e-4);
    const [a, b] = [withoutKeyBiases(whole.parameters), withoutKeyBiases(cut.parameters)];
    expect(largestDifference(a, b)).toBeLessThan(2e-5);
  });
});

/** The true gradient of a key's bias is zero: softmax does not see it, and Adam blows up its rounding. */
const withoutKeyBiases = (parameters: Parameters): Parameters =>
  new Map([...parameters].filter(([path]) => !path.endsWith('key.bias')));

describe('the cache of frozen outputs', () => {
  it.each([
    ['embedding', freezeEncoder()],
    ['layer 1', freezeLayersBelow(1)],
    ['layer 2', freezeLayersBelow(2)],
  ] as const)('from %s on gives the bits of computing them at every step', async (start, freezing) => {
    const cached = await run({ freezing });
    const computed = await run({
      freezing,
      settings: { prefixCache: { enabled: false, memoryBytes: 0, precision: 'float32' } },
    });
    const filed = await run({
      freezing,
      settings: { prefixCache: { enabled: true, memoryBytes: 0, precision: 'float32' } },
    });
    const halved = await run({
      freezing,
      settings: { prefixCache: { enabled: true, memoryBytes: 0, precision: 'float16' } },
    });
    const stages = cached.events.flatMap((event) => (event.kind === 'stage' ? [event.start] : []));
    expect(stages).toEqual([start]);
    expect(cached.events.some(({ kind }) => kind === 'prefixCached')).toBe(true);
    expect(largestDifference(cached.parameters, computed.parameters)).toBe(0);
    expect(largestDifference(cached.parameters, filed.parameters)).toBe(0);
    expect(largestDifference(cached.parameters, halved.parameters)).toBeGreaterThan(0);
    // Settings are in config.json, not in the metrics.
    expect(computed.metrics).toBe(cached.metrics);
    expect(filed.metrics).toBe(cached.metrics);
  });
});

describe('a frozen parameter', () => {
  const strategies: readonly (readonly [string, FreezeStrategy, (path: string) => boolean])[] = [
    ['encoder', freezeEncoder(), (path) => path.startsWith('encoder.')],
    ['embeddings', freezeEmbeddings(), (path) => path.startsWith('encoder.embeddings.')],
    ['head', freezeHeads('topic'), (path) => path.startsWith('heads.topic.')],
    ['all but biases', bitFit(), (path) => !path.endsWith('.bias') && !path.startsWith('heads.')],
    ['all but norms', layerNormOnly(), (path) => !path.includes('norm') && !path.startsWith('heads.')],
  ];
  it.each(strategies)('(%s) keeps its bits, and the others do not', async (_, freezing, isFrozen) => {
    const { parameters: before } = await tinyModel();
    const { parameters } = await run({ freezing });
    for (const [path, { data }] of parameters) {
      const same = Buffer.compare(bytesOf(data), bytesOf(before.get(path)?.data ?? new Float32Array())) === 0;
      expect([path, same]).toEqual([path, isFrozen(path)]);
    }
  });
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

describe('a model with a default prompt', () => {
  const prompts = { prompts: { query: 'the good ' }, defaultPromptName: 'query', similarity: undefined };
  const prompted = async (includePrompt: boolean): Promise<TrainingModel> => {
    const model = await tinyModel();
    const { config } = model;
    return { ...model, config: { ...config, prompts, pooling: { ...config.pooling, includePrompt } } };
  };

  it('trains on texts with the prompt in front, as it predicts', async () => {
    const inFront = someExamples(48).map((example) => ({
      ...example,
      texts: example.texts.map((text) => `the good ${text}`),
    }));
    const [plain, spelled] = [await run({}), await run({ training: inFront })];
    const { parameters } = await run({ model: await prompted(true) });
    expect(largestDifference(parameters, spelled.parameters)).toBe(0);
    expect(largestDifference(parameters, plain.parameters)).toBeGreaterThan(1e-4);
  });

  it('does not make a text of what is none', async () => {
    const training = [...someExamples(8), { texts: [12 as unknown as string], labels: {}, place: 'rows.jsonl:9' }];
    await expect(run({ model: await prompted(true), training })).rejects.toThrow('the input is 12; a text');
  });

  it('is refused where it leaves the prompt out of its pooling', async () => {
    const refused = run({ model: await prompted(false) });
    await expect(refused).rejects.toThrow(TrainingSettingsError);
    await expect(refused).rejects.toThrow('puts "the good " in front of each text and leaves it out of its pooling');
  });
});

describe('tasks over different texts', () => {
  it('train in one run: one text, pairs with a score, and pairs that belong together', async () => {
    const tasks = defineTasks({
      topic: classification(['weather', 'food']),
      alike: pairSimilarity(),
      near: embedding(),
    });
    const single = someExamples(24).map(({ labels, ...example }) => ({
      ...example,
      labels: { topic: labels['topic'] },
    }));
    const pairs = someExamples(24, 5).map(({ texts: [first = ''], place }, row) => {
      const second = someExamples(24, 6)[row]?.texts[0] ?? '';
      return { texts: [first, second], labels: row % 2 === 0 ? { alike: (row % 5) / 5 } : { near: 1 }, place };
    });
    const { events } = await run({
      model: await tinyModel(tasks),
      training: [...single, ...pairs],
      validation: [...single, ...pairs],
    });
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    expect(steps).toHaveLength(15); // The third of the single texts that has no label is in no step.
    expect(new Set(steps.flatMap(({ taskLosses }) => Object.keys(taskLosses)))).toEqual(
      new Set(['topic', 'alike', 'near']),
    );
    const [evaluated] = events.flatMap((event) => (event.kind === 'evaluated' ? [event] : []));
    expect(Object.values(evaluated?.losses ?? {}).every((loss) => loss !== null && Number.isFinite(loss))).toBe(true);
    expect(evaluated?.tasks['near']?.metrics.recallAt1?.value).toBeGreaterThanOrEqual(0);
  });
});
