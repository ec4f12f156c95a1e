import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { ARCHITECTURES } from '@sentence-mtl/encoder';
import { afterAll, describe, expect, test } from 'vitest';
import type { EmbeddingPrecision } from './embeddings.ts';
import { absence, golden, goldenJson, goldenTensors, goldenTexts, largestDifference } from './golden.test.support.ts';
import { SentenceEncoder } from './sentence-encoder.ts';

const TOLERANCE = 1e-5;
if (absence !== undefined) console.log(absence);

const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

const load = (path: string): Promise<SentenceEncoder> => SentenceEncoder.load(golden(path), { engine });

describe.skipIf(absence !== undefined)('embeddings are those of sentence-transformers', () => {
  test.each([...ARCHITECTURES, 'nano-bert'])('from a bare %s folder', async (name) => {
    const recorded = await goldenTensors(`forward/${name}.safetensors`);
    const { truncate_dim: truncateDimension } = goldenJson<{ truncate_dim: number }>(`forward/${name}.json`);
    await using encoder = await load(`models/${name}`);
    const texts = goldenTexts(name);
    const cases = [
      ['st.encode', {}],
      ['st.encode.normalize', { normalize: true }],
      ['st.encode.truncate', { truncateDimension }],
      ['st.encode.truncate_normalize', { truncateDimension, normalize: true }],
    ] as const;
    for (const [key, options] of cases) {
      const embeddings = await encoder.encode(texts, options);
      expect(largestDifference(embeddings, recorded.get(key)), key).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  /** Folders whose weights are stored in other ways, with the recording of their hidden states. */
  const variants: readonly (readonly [string, string, string])[] = [
    ['bert-bf16', 'bert-bf16', 'bert'],
    ['bert-fp16', 'bert-fp16', 'bert'],
    ['bert-legacy-names', 'bert', 'bert'],
    ['bert-sharded', 'bert', 'bert'],
    ['distilbert-sequence-classification', 'distilbert', 'distilbert'],
  ];
  test.each([...ARCHITECTURES.map((name) => [name, name, name] as const), ...variants])(
    'of every token of %s',
    async (folder, recording, texts) => {
      const expected = (await goldenTensors(`forward/${recording}.safetensors`)).get('last_hidden_state');
      await using encoder = await load(`models/${folder}`);
      const tokens = await encoder.encode(goldenTexts(texts), { output: 'token' });
      const [rows = 0, width = 0, dimension = 0] = expected?.shape ?? [];
      expect(tokens.length).toBe(rows);
      tokens.forEach(({ shape, data }, row) => {
        const start = row * width * dimension;
        const wanted = { shape, data: expected?.data.subarray(start, start + data.length) ?? [] };
        expect(largestDifference({ shape, data }, wanted)).toBeLessThanOrEqual(TOLERANCE);
      });
    },
  );

  test('or there are none, where the architecture is not supported or the weights are pickled', async () => {
    await expect(load('models/deberta-v2')).rejects.toThrow(
      /model_type "deberta-v2" is not supported; supported are bert, distilbert, roberta, xlm-roberta, mpnet, electra, albert/,
    );
    await expect(load('models/bert-bin-only')).rejects.toThrow(/convert it to safetensors once, in Python/);
  });

  const quantised: readonly EmbeddingPrecision[] = ['int8', 'uint8', 'binary', 'ubinary'];
  test.each(quantised)('as %s', async (precision) => {
    const recorded = await goldenTensors('forward/bert.safetensors');
    await using encoder = await load('models/bert');
    for (const normalize of [false, true]) {
      const embeddings = await encoder.encode(goldenTexts(), { precision, normalize });
      const expected = recorded.get(`st.encode.${normalize ? 'normalize.' : ''}${precision}`);
      // A value at a bucket's border may fall into the next one.
      expect(largestDifference(embeddings, expected)).toBeLessThanOrEqual(precision.endsWith('int8') ? 1 : 0);
    }
  });

  const { folders } = absence === undefined ? goldenJson<{ folders: object }>('st/encode.json') : { folders: {} };
  describe.each(['current', 'legacy'])('from a folder of the %s layout', (layout) => {
    test.each(Object.keys(folders))('%s', async (name) => {
      const recorded = await goldenTensors('st/encode.safetensors');
      await using encoder = await load(`st/${layout}/${name}`);
      expect(encoder.notices).toEqual([]);
      const cases = [
        ['encode', {}],
        ['encode.normalize', { normalize: true }],
        ['encode.truncate6_normalize', { truncateDimension: 6, normalize: true }],
      ] as const;
      for (const [key, options] of cases) {
        const embeddings = await encoder.encode(goldenTexts(), options);
        expect(largestDifference(embeddings, recorded.get(`${name}.${key}`)), key).toBeLessThanOrEqual(TOLERANCE);
      }
    });

    test('prompts, left out of the pooling', async () => {
      const recorded = await goldenTensors('st/encode.safetensors');
      const { prompt_texts: texts } = goldenPrompts();
      await using encoder = await load(`st/${layout}/prompts-excluded`);
      const cases = [
        ['encode_query', { promptName: 'query' }],
        ['encode_document', { promptName: 'document' }],
        ['encode.no_prompt', { prompt: '' }],
        ['encode.prompt', { prompt: 'Represent: ' }],
      ] as const;
      for (const [key, options] of cases) {
        const embeddings = await encoder.encode(texts, options);
        expect(largestDifference(embeddings, recorded.get(`prompts-excluded.${key}`)), key).toBeLessThanOrEqual(
          TOLERANCE,
        );
      }
    });
  });
});

function goldenPrompts(): { readonly prompt_texts: readonly string[] } {
  const { folders } = goldenJson<{ folders: Record<string, { prompt_texts: readonly string[] }> }>('st/encode.json');
  return folders['prompts-excluded'] ?? { prompt_texts: [] };
}
