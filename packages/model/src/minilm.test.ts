// The real all-MiniLM-L6-v2: as published, where the shared fixtures hold it, and as it is built in.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { pearson, spearman, type Metric } from '@sentence-mtl/evaluation';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { absence, goldenJson, largestDifference, SHARED } from './golden.test.support.ts';
import { SentenceEncoder } from './sentence-encoder.ts';
import { similarity, type SimilarityMeasure } from './similarity.ts';

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

interface Recording {
  readonly max_seq_length: number;
  readonly sentences: readonly {
    readonly text: string;
    readonly tokens: number;
    readonly first_16: readonly number[];
    readonly norm: number;
    readonly sum: number;
    readonly embedding?: readonly number[];
  }[];
  readonly similarity: readonly (readonly number[])[];
  readonly benchmarks: {
    readonly 'sts-open': Readonly<Record<`spearman_${SimilarityMeasure}` | 'pearson_cosine', number>> & {
      readonly first_10_cosines: readonly number[];
    };
  };
}

const EMBEDDING_TOLERANCE = 2e-6;
const valueOf = (metric: Metric): number => metric.value ?? Number.NaN;

const engine = await onnxruntimeEngine();
afterAll(() => engine.dispose());

interface Pair {
  readonly text_a: string;
  readonly text_b: string;
  readonly score: number;
}

const pairs = (): readonly Pair[] =>
  readFileSync(resolve(SHARED, 'data/sts-open/test.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair);

/** The similarity of the texts of each pair, by each measure. */
async function pairSimilarities(encoder: SentenceEncoder): Promise<Readonly<Record<SimilarityMeasure, Float64Array>>> {
  const all = pairs();
  const { data, shape } = await encoder.encode(all.flatMap(({ text_a, text_b }) => [text_a, text_b]));
  const [, width] = shape;
  const row = (index: number) => ({
    shape: [1, width] as const,
    data: data.subarray(index * width, (index + 1) * width),
  });
  const by = (measure: SimilarityMeasure): Float64Array =>
    Float64Array.from(all, (_, index) => similarity(row(2 * index), row(2 * index + 1), measure).data[0] ?? Number.NaN);
  return { cosine: by('cosine'), dot: by('dot'), euclidean: by('euclidean'), manhattan: by('manhattan') };
}

describe.skipIf(absence !== undefined)('as published', () => {
  let encoder: SentenceEncoder;
  let recorded: Recording;
  beforeAll(async () => {
    encoder = await SentenceEncoder.load(resolve(SHARED, 'models/all-MiniLM-L6-v2'), { engine });
    recorded = goldenJson<Recording>('minilm.json');
  });

  test('20 sentences have the embeddings and similarities that Python gives', async () => {
    const { sentences } = recorded;
    expect(encoder.maximumLength).toBe(recorded.max_seq_length);
    const embeddings = await encoder.encode(sentences.map(({ text }) => text));
    const tokens = await encoder.encode(
      sentences.map(({ text }) => text),
      { output: 'token' },
    );
    sentences.forEach(({ tokens: count, first_16: first, sum, norm, embedding }, index) => {
      const row = embeddings.data.subarray(index * 384, (index + 1) * 384);
      const whole = { shape: [384], data: row };
      const start = { shape: [16], data: row.subarray(0, 16) };
      expect(tokens[index]?.shape[0]).toBe(count);
      expect(largestDifference(start, { shape: [16], data: first })).toBeLessThanOrEqual(EMBEDDING_TOLERANCE);
      if (embedding !== undefined) {
        expect(largestDifference(whole, { shape: [384], data: embedding })).toBeLessThanOrEqual(EMBEDDING_TOLERANCE);
      }
      expect(row.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 4);
      expect(Math.hypot(...row)).toBeCloseTo(norm, 6);
    });
    const rows = recorded.similarity.length;
    const first = { shape: [rows, 384] as const, data: embeddings.data.subarray(0, rows * 384) };
    const expected = { shape: [rows, sentences.length], data: recorded.similarity.flat() };
    expect(largestDifference(similarity(first, embeddings), expected)).toBeLessThanOrEqual(2 * EMBEDDING_TOLERANCE);
  });

  test('the open STS pairs correlate with people as Python says, to four decimals', async () => {
    const expected = recorded.benchmarks['sts-open'];
    const found = await pairSimilarities(encoder);
    const labels = Float64Array.from(pairs(), ({ score }) => score);
    for (const measure of ['cosine', 'euclidean', 'manhattan'] as const) {
      const value = valueOf(spearman({ predictions: found[measure], labels }));
      expect(value, measure).toBeCloseTo(expected[`spearman_${measure}`], 4);
    }
    expect(valueOf(pearson({ predictions: found.cosine, labels }))).toBeCloseTo(expected.pearson_cosine, 4);
    expected.first_10_cosines.forEach((cosine, index) => expect(found.cosine[index]).toBeCloseTo(cosine, 5));
  });
});

describe('as it is built in', () => {
  test('it needs no folder and no hub, and encodes into 384 dimensions of length 1', async () => {
    await using encoder = await SentenceEncoder.load('minilm', { engine });
    expect([encoder.notices, encoder.dimension, encoder.maximumLength]).toEqual([[], 384, 256]);
    const embeddings = await encoder.encode([
      'How warm is it today?',
      'What is the temperature now?',
      'I like cheese.',
    ]);
    const { data } = similarity(embeddings, embeddings);
    expect(data[0]).toBeCloseTo(1, 6);
    expect(data[1]).toBeGreaterThan(0.5);
    expect(data[2]).toBeLessThan(0.2);
  });

  test.skipIf(absence !== undefined)(
    'it is within 0.3 points of what is published, on the open STS pairs',
    async () => {
      await using encoder = await SentenceEncoder.load('minilm', { engine });
      const { cosine } = await pairSimilarities(encoder);
      const value = valueOf(
        spearman({ predictions: cosine, labels: Float64Array.from(pairs(), ({ score }) => score) }),
      );
      const published = goldenJson<Recording>('minilm.json').benchmarks['sts-open'].spearman_cosine;
      expect(Math.abs(value - published)).toBeLessThan(0.003);
    },
  );
});
