import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisposedError, EngineError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { graphPath, ModelFileError, type GraphPrecision } from '@sentence-mtl/model-files';
import { quantizeModel, writeModel, type OnnxModel } from '@sentence-mtl/onnx';
import type { Engine } from '@sentence-mtl/program';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { ModelError } from './errors.ts';
import { exportedGraph } from './exported-graph.test.support.ts';
import { absence, goldenPlaces, goldenTexts, largestDifference } from './golden.test.support.ts';
import { readSentenceModel } from './read-sentence-model.ts';
import { SentenceEncoder } from './sentence-encoder.ts';
import type { SentenceModel } from './sentence-model.ts';
import { everyReading as tasks, NANO_BERT, PAIRS, TEXTS } from './tasks/every-reading.test.support.ts';
import { MultiTaskModel } from './tasks/multi-task-model.ts';
import { createTaskModel } from './tasks/task-model.ts';
import { writeTaskModel } from './tasks/write-task-model.ts';

if (absence !== undefined) console.log(absence);

const root = mkdtempSync(join(tmpdir(), 'token-graph-'));
const engine = await onnxruntimeEngine({ threads: 1 });
let encoder: SentenceModel;
beforeAll(async () => {
  encoder = await readSentenceModel(NANO_BERT);
});
afterAll(async () => {
  await engine.dispose();
  rmSync(root, { recursive: true });
});

function putGraph(folder: string, precision: GraphPrecision, graph: OnnxModel): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(graphPath(folder, precision), writeModel(graph));
}

/** A model with tasks and graphs in a folder of its own. */
async function savedModel(name: string): Promise<string> {
  const folder = join(root, name);
  await writeTaskModel(folder, createTaskModel(encoder, tasks, 7));
  putGraph(folder, 'fp32', exportedGraph(encoder));
  putGraph(folder, 'int8', quantizeModel(exportedGraph(encoder)).model);
  return folder;
}

/** All numbers in some value, in their order. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (ArrayBuffer.isView(value)) return [...(value as Float32Array)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function gap(a: unknown, b: unknown): number {
  const [left, right] = [numbersIn(a), numbersIn(b)];
  expect(left.length).toBeGreaterThan(0);
  return left.length === right.length
    ? Math.max(...left.map((each, i) => Math.abs(each - (right[i] ?? Infinity))))
    : Infinity;
}

describe('an exported graph in place of the encoder', () => {
  it('predicts what the model predicts, texts and pairs', async () => {
    const folder = await savedModel('tasks');
    await using own = await MultiTaskModel.load<typeof tasks>(folder, { engine });
    await using graph = await MultiTaskModel.load<typeof tasks>(folder, { engine, precision: 'fp32' });
    for (const options of [{}, { batchSize: 1 }, { tokenBudget: 16, topK: 2 }]) {
      expect(gap(await graph.predict(TEXTS, options), await own.predict(TEXTS, options))).toBeLessThan(1e-5);
      expect(gap(await graph.predictPairs(PAIRS, options), await own.predictPairs(PAIRS, options))).toBeLessThan(1e-5);
    }
    const embeddings = { embeddings: true, tasks: ['mood'] } as const;
    expect(gap(await graph.predict(TEXTS, embeddings), await own.predict(TEXTS, embeddings))).toBeLessThan(1e-5);
  });

  it('encodes as the model does, whatever is asked for', async () => {
    const folder = await savedModel('encoder');
    const config = {
      ...encoder.config,
      prompts: { ...encoder.config.prompts, prompts: { query: 'the weather: ' } },
      normalize: true,
    };
    for (const includePrompt of [true, false]) {
      const model = { ...encoder, config: { ...config, pooling: { ...config.pooling, includePrompt } } };
      await using own = new SentenceEncoder(model, { engine });
      const opened = await engine.openGraph(writeModel(exportedGraph(encoder)));
      await using graph = new SentenceEncoder(model, { engine, graph: opened, bindParameters: includePrompt });
      for (const options of [
        {},
        { normalize: false },
        { promptName: 'query' },
        { truncateDimension: 5, normalize: true, batchSize: 2 },
      ]) {
        expect(gap(await graph.encode(TEXTS, options), await own.encode(TEXTS, options))).toBeLessThan(1e-5);
      }
      const tokens = { output: 'token' } as const;
      expect(gap(await graph.encode(TEXTS, tokens), await own.encode(TEXTS, tokens))).toBeLessThan(1e-5);
    }
    await using short = await SentenceEncoder.load(folder, { engine, precision: 'fp32', maxLength: 4 });
    await using own = await SentenceEncoder.load(folder, { engine, maxLength: 4 });
    expect(gap(await short.encode(TEXTS), await own.encode(TEXTS))).toBeLessThan(1e-5);
  });

  it('is a little off in int8, and not the same', async () => {
    const folder = await savedModel('int8');
    await using own = await SentenceEncoder.load(folder, { engine });
    await using graph = await SentenceEncoder.load(folder, { engine, precision: 'int8' });
    const [exact, near] = [await own.encode(TEXTS), await graph.encode(TEXTS)];
    expect(gap(near.data, exact.data)).toBeGreaterThan(1e-5);
    expect(gap(near.data, exact.data)).toBeLessThan(0.05);
  });

  it('is let go of with the model, after what is in hand', async () => {
    const folder = await savedModel('dispose');
    const before = [engine.openGraphs, engine.liveSessions];
    const model = await MultiTaskModel.load<typeof tasks>(folder, { engine, precision: 'int8' });
    const [running, encoding] = [model.predict(TEXTS), model.encoder.encode(TEXTS)];
    await Promise.all([running, encoding]);
    const last = model.predict(TEXTS);
    await new Promise((resolve) => setImmediate(resolve));
    await model.dispose();
    await Promise.allSettled([last]);
    expect([engine.openGraphs, engine.liveSessions]).toEqual(before);
    await expect(model.predict(TEXTS)).rejects.toThrow(DisposedError);
    await expect(model.encoder.encode(TEXTS)).rejects.toThrow(DisposedError);
  });
});

describe('a precision that cannot be had is an error', () => {
  it('without a graph in the folder, which says how to make one', async () => {
    const folder = await savedModel('none');
    const load = MultiTaskModel.load(folder, { engine, precision: 'fp16' });
    await expect(load).rejects.toThrow(ModelFileError);
    await expect(load).rejects.toThrow(/no graph in fp16 .*sentence-mtl export ".*none" --precision fp16/);
  });

  it('on an engine that opens no graphs', async () => {
    const folder = await savedModel('engine');
    const other: Engine = {
      name: 'other',
      compile: engine.compile.bind(engine),
      dispose: async () => Promise.resolve(),
    };
    const load = SentenceEncoder.load(folder, { engine: other, precision: 'int8' });
    await expect(load).rejects.toThrow(EngineError);
    await expect(load).rejects.toThrow(/engine other runs programs only.*leave precision out/);
  });

  it('where the graph is of another model, or broken', async () => {
    const folder = await savedModel('other');
    const before = engine.openGraphs;
    const graph = exportedGraph(encoder);
    const wide = (name: string) => ({ name, type: 'float32', shape: ['batch_size', 'sequence_length', 99] }) as const;
    putGraph(folder, 'int8', {
      ...graph,
      outputs: graph.outputs.map((each) => (each.shape.length === 3 ? wide(each.name) : each)),
    });
    const load = async (): Promise<unknown> => SentenceEncoder.load(folder, { engine, precision: 'int8' });
    await expect(load()).rejects.toThrow();
    putGraph(folder, 'int8', { ...graph, outputs: graph.outputs.slice(1) });
    await expect(load()).rejects.toThrow(ModelError);
    await expect(load()).rejects.toThrow(/model_quantized.onnx: it gives no last_hidden_state/);
    const renamed = (name: string): string => (name === 'input_ids' ? 'pixels' : name);
    putGraph(folder, 'int8', {
      ...graph,
      inputs: graph.inputs.map((each) => ({ ...each, name: renamed(each.name) })),
      nodes: graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(renamed) })),
    });
    await expect(load()).rejects.toThrow(/it takes "pixels"/);
    cpSync(join(NANO_BERT, 'config.json'), graphPath(folder, 'int8'));
    await expect(load()).rejects.toThrow(/no ONNX model|cut off/);
    expect(engine.openGraphs).toBe(before);
  });
});

test.skipIf(absence !== undefined).each(goldenPlaces)(
  '%s runs as a graph, in float32 the same and in int8 near',
  async (_, folder) => {
    const model = await readSentenceModel(folder);
    const texts = goldenTexts();
    const graph = exportedGraph(model);
    const { model: int8, quantized } = quantizeModel(graph);
    expect(quantized.length).toBeGreaterThan(6);
    await using own = new SentenceEncoder(model, { engine });
    const expected = await own.encode(texts, { normalize: true });
    await using same = new SentenceEncoder(model, { engine, graph: await engine.openGraph(writeModel(graph)) });
    expect(largestDifference(await same.encode(texts, { normalize: true }), expected)).toBeLessThan(1e-5);
    await using near = new SentenceEncoder(model, { engine, graph: await engine.openGraph(writeModel(int8)) });
    const { data, shape } = await near.encode(texts, { normalize: true });
    for (let row = 0; row < shape[0]; row++) {
      let cosine = 0;
      for (let i = row * shape[1]; i < (row + 1) * shape[1]; i++) cosine += (data[i] ?? 0) * (expected.data[i] ?? 0);
      expect(cosine).toBeGreaterThan(0.99);
    }
  },
);
