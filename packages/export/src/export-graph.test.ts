// A graph in ONNX Runtime, given plain int64 tokens, says what our own engine says: same embedding, same tokens, same tasks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  loadSentenceModel,
  MultiTaskModel,
  readSentenceModel,
  readSequenceClassifier,
  SentenceEncoder,
  type SentenceModel,
} from '@sentence-mtl/model';
import { readModel, writeModel } from '@sentence-mtl/onnx';
import { afterAll, describe, expect, test } from 'vitest';
import { ExportError } from './errors.ts';
import { everyTaskModel, TEXTS } from './every-task.test.support.ts';
import { exportGraph } from './export-graph.ts';
import { absence, goldenPlaces, goldenTexts } from './golden.test.support.ts';
import { readGraphDescription } from './graph-description.ts';
import { feedsOf, largestGap, runGraph } from './graph-run.test.support.ts';

const TOLERANCE = 1e-5;
const FIXTURES = new URL('../fixtures', import.meta.url).pathname;
if (absence !== undefined) console.log(absence);

const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

/** A graph beside the encoder that it was made of. */
async function gapsOf(model: SentenceModel, texts: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const { model: graph } = exportGraph(model);
  const [outputs = {}] = await runGraph(graph, [feedsOf(model.config, texts)]);
  await using encoder = new SentenceEncoder(model, { engine });
  const embeddings = await encoder.encode(texts, { prompt: '' });
  const tokens = await encoder.encode(texts, { output: 'token', prompt: '' });
  const { data, shape: [, width = 0, size = 0] = [] } = outputs['last_hidden_state'] ?? { data: [] };
  const ofTokens = tokens.map((each, row) =>
    largestGap(each.data, [...data].slice(row * width * size, row * width * size + each.data.length)),
  );
  const sentence = outputs['sentence_embedding'] ?? expect.unreachable('there is no embedding');
  expect(sentence.shape).toEqual(embeddings.shape);
  return { embedding: largestGap(sentence.data, embeddings.data), tokens: Math.max(...ofTokens) };
}

function expectEqual(gaps: Readonly<Record<string, number>>): void {
  for (const [what, gap] of Object.entries(gaps)) expect(gap, what).toBeLessThanOrEqual(TOLERANCE);
}

describe('a graph with tasks', () => {
  test('has the inputs and outputs that other runtimes know, with dynamic sizes', async () => {
    const { model } = exportGraph(await everyTaskModel(), { probabilities: true });
    const { irVersion, opsets, inputs, outputs } = readModel(writeModel(model));
    expect([irVersion, [...opsets]]).toEqual([8, [['', 17]]]);
    expect(inputs).toEqual(
      ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
        name,
        type: 'int64',
        shape: ['batch_size', 'sequence_length'],
      })),
    );
    expect(outputs.map(({ name, type, shape }) => [name, type, shape])).toEqual([
      ['last_hidden_state', 'float32', ['batch_size', 'sequence_length', 16]],
      ['sentence_embedding', 'float32', ['batch_size', 16]],
      ['logits_intent', 'float32', ['batch_size', 3]],
      ['probabilities_intent', 'float32', ['batch_size', 3]],
      ['logits_scaled', 'float32', ['batch_size', 2]],
      ['probabilities_scaled', 'float32', ['batch_size', 2]],
      ['logits_tags', 'float32', ['batch_size', 3]],
      ['probabilities_tags', 'float32', ['batch_size', 3]],
      ['logits_mood', 'float32', ['batch_size', 2]],
      ['logits_size', 'float32', ['batch_size', 1]],
    ]);
  });

  test('predicts what the model predicts, for batches and lengths of any size', async () => {
    const data = await everyTaskModel();
    const { model: graph } = exportGraph(data, { probabilities: true });
    const batches = [TEXTS, ['no'], ['good day', 'no, the weather is not good']];
    const outputs = await runGraph(
      graph,
      batches.map((texts) => feedsOf(data.config, texts)),
    );
    await using model = new MultiTaskModel(data, { engine });
    for (const [at, texts] of batches.entries()) {
      const rows = await model.predict(texts, { embeddings: true });
      const numbers = (name: string): ArrayLike<number> => outputs[at]?.[name]?.data ?? [];
      const expected = {
        sentence_embedding: rows.flatMap((row) => [...row.embedding]),
        probabilities_intent: rows.flatMap(({ intent: { scores } }) => [scores.refund, scores.cancel, scores.other]),
        probabilities_scaled: rows.flatMap(({ scaled: { scores } }) => [scores.a, scores.b]),
        probabilities_tags: rows.flatMap(({ tags: { scores } }) => [scores.urgent, scores.angry, scores.long]),
        logits_mood: rows.flatMap(({ mood: { values } }) => values),
        logits_size: rows.map(({ size: { value } }) => value),
      };
      for (const [name, values] of Object.entries(expected)) {
        expect(largestGap(numbers(name), values), name).toBeLessThanOrEqual(TOLERANCE);
      }
    }
  });

  test('is described in its own file', async () => {
    const { model, notices } = exportGraph({
      ...(await everyTaskModel()),
      provenance: { seed: 7 },
    });
    expect(readGraphDescription(readModel(writeModel(model)).metadata)).toMatchObject({
      architecture: 'bert',
      dimension: 16,
      pooling: ['mean'],
      maximumLength: 48,
      provenance: { seed: 7 },
      tasks: [
        { name: 'intent', kind: 'classification', output: 'logits_intent', labels: ['refund', 'cancel', 'other'] },
        { name: 'scaled', kind: 'classification', output: 'logits_scaled', labels: ['a', 'b'] },
        { name: 'tags', kind: 'multi-label', output: 'logits_tags', thresholds: [0.5, 0.2, 0.5] },
        { name: 'mood', kind: 'regression', output: 'logits_mood' },
        { name: 'size', kind: 'regression', output: 'logits_size' },
        { name: 'alike', kind: 'pair-similarity', output: null, range: [1, 5] },
      ],
    });
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^task "alike" .* its score is 1 \+ 4 × the cosine of their sentence embeddings$/),
      expect.stringMatching(/^task "follows" reads two texts at once, and a graph is given one/),
      expect.stringMatching(/^task "near" has no output but the sentence embedding$/),
    ]);
    expect(() => readGraphDescription(new Map([['author', 'x']]))).toThrow(/is of another exporter/);
    expect(() => readGraphDescription(new Map([['sentence_mtl.format', '9']]))).toThrow(
      /format 9; this version reads 1/,
    );
    expect(() => readGraphDescription(new Map([['sentence_mtl.format', '{']]))).toThrow(ArgumentError);
  });

  test('has only the tasks that are asked for, and none that it cannot have', async () => {
    const model = await everyTaskModel();
    const names = exportGraph(model, { tasks: ['tags'] }).model.outputs.map(({ name }) => name);
    expect(names).toEqual(['last_hidden_state', 'sentence_embedding', 'logits_tags']);
    const { initializers } = exportGraph(model, { tasks: [] }).model;
    expect(initializers.filter(({ name }) => name.startsWith('heads.'))).toEqual([]);
    expect(() => exportGraph(model, { tasks: ['intend'] })).toThrow(/has no task "intend"; did you mean "intent"\?/);
    expect(() => exportGraph(model, { tasks: ['follows'] })).toThrow(ExportError);
    expect(() => exportGraph(model, { tasks: ['tags', 'near'] })).toThrow(/no output but the sentence embedding/);
  });

  test('says what the model does before a graph begins', async () => {
    const model = await everyTaskModel();
    const prompts = { prompts: { query: 'query: ', none: '' }, defaultPromptName: 'query', similarity: undefined };
    const pooling = { ...model.config.pooling, includePrompt: false };
    const { notices } = exportGraph({
      ...model,
      tasks: {},
      config: { ...model.config, prompts, pooling, lowercase: true },
    });
    expect(notices.map(({ kind }) => kind)).toEqual(['prompt', 'promptPooling', 'lowercase']);
    expect(notices[0]?.message).toContain('"query: "');
  });

  test('is refused where a parameter is missing', async () => {
    const model = await everyTaskModel();
    const parameters = new Map([...model.parameters].filter(([path]) => path !== 'heads.tags.output.bias'));
    expect(() => exportGraph({ ...model, parameters })).toThrow(/has no parameter "heads.tags.output.bias"/);
  });
});

describe('the logits that transformers gives', () => {
  const { models } = JSON.parse(readFileSync(join(FIXTURES, 'sequence-classifiers/logits.json'), 'utf8')) as {
    readonly models: Readonly<Record<string, Readonly<Record<'ids' | 'mask' | 'logits', readonly number[][]>>>>;
  };
  test.each(Object.entries(models))('come out of a graph of %s', async (architecture, { ids, mask, logits }) => {
    const classifier = await readSequenceClassifier(join(FIXTURES, 'sequence-classifiers', architecture), 'mood');
    const { model } = exportGraph(classifier);
    const segments = ids.map((row) => row.map(() => 0));
    const all = { input_ids: ids, attention_mask: mask, token_type_ids: segments };
    const [outputs] = await runGraph(model, [
      Object.fromEntries(model.inputs.map(({ name }) => [name, all[name as keyof typeof all]])),
    ]);
    expect(largestGap(outputs?.['logits_mood']?.data ?? [], logits.flat())).toBeLessThanOrEqual(TOLERANCE);
  });
});

describe('a graph gives the embeddings of its encoder:', () => {
  test('minilm', async () => {
    expectEqual(
      await gapsOf(await loadSentenceModel('minilm'), ['Refunds take five days.', '', 'Wo ist mein Paket? 📦']),
    );
  });

  test.each(goldenPlaces)('%s', async (_name, folder) => {
    expectEqual(await gapsOf(await readSentenceModel(folder), goldenTexts()));
  });
});
