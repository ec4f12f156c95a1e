import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@sentence-mtl/core';
import {
  classification,
  huggingFaceHead,
  multiLabel,
  pairSimilarity,
  regression,
  type RegressionTask,
} from '@sentence-mtl/heads';
import {
  createTaskModel,
  ModelError,
  readSentenceModel,
  readSequenceClassifier,
  type TaskModel,
} from '@sentence-mtl/model';
import { readModel, type OnnxModel } from '@sentence-mtl/onnx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { classifierGraph } from './classifier-graph.ts';
import { NANO_BERT } from './every-task.test.support.ts';
import { exportGraph } from './export-graph.ts';
import { readGraphDescription } from './graph-description.ts';
import { feedsOf, largestGap, runGraph } from './graph-run.test.support.ts';
import { writeClassifierFolder } from './write-classifier-folder.ts';

const TEXTS = ['good day', 'the weather is good today', 'no'];
const head = huggingFaceHead('bert', 16, 0.1);
const tasks = {
  intent: classification(['refund', 'cancel', 'other'], { head }),
  tags: multiLabel(['urgent', 'angry'], { head, thresholds: { angry: 0.3 } }),
  size: { ...regression({ head, standardize: true }), scale: { means: [5], deviations: [3] } } as RegressionTask<1>,
  own: classification(['yes', 'no']),
  alike: pairSimilarity(),
};

const root = mkdtempSync(join(tmpdir(), 'classifiers-'));
afterAll(() => rmSync(root, { recursive: true }));
let model: TaskModel<typeof tasks>;
beforeAll(async () => {
  model = createTaskModel(await readSentenceModel(NANO_BERT), tasks, 7);
});

async function written(name: string): Promise<string> {
  const folder = join(root, name);
  await writeClassifierFolder(folder, model, name, new Map([['fp32', classifierGraph(model, name).model]]));
  return folder;
}
const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

async function valuesOf(graph: OnnxModel | string, output: string): Promise<ArrayLike<number>> {
  const [outputs] = await runGraph(graph, [feedsOf(model.config, TEXTS)]);
  return outputs?.[output]?.data ?? [];
}

test.each(['intent', 'tags', 'size'])(
  'task %s becomes a classifier: a graph, a config and weights that agree',
  async (name) => {
    const folder = await written(name);
    const logits = await valuesOf(join(folder, 'onnx/model.onnx'), 'logits');
    expect(largestGap(logits, await valuesOf(exportGraph(model).model, `logits_${name}`))).toBe(0);
    const read = await readSequenceClassifier(folder, name);
    const graphOfWeights = exportGraph({ ...read, config: model.config }, { tasks: [name] }).model;
    expect(largestGap(logits, await valuesOf(graphOfWeights, `logits_${name}`))).toBeLessThanOrEqual(1e-5);
    const { outputs, metadata } = readModel(readFileSync(join(folder, 'onnx/model.onnx')));
    expect(outputs.map((each) => each.name)).toEqual(['logits']);
    expect(readGraphDescription(metadata).tasks).toMatchObject([{ name, output: 'logits' }]);
  },
);

test('labels and problem stand in config.json, the end of texts in tokenizer_config.json', async () => {
  const folder = await written('intent');
  expect(json(folder, 'config.json')).toMatchObject({
    architectures: ['BertForSequenceClassification'],
    model_type: 'bert',
    problem_type: 'single_label_classification',
    id2label: { 0: 'refund', 1: 'cancel', 2: 'other' },
    label2id: { refund: 0, cancel: 1, other: 2 },
  });
  expect(json(folder, 'tokenizer_config.json')).toMatchObject({ model_max_length: 48, pad_token: '[PAD]' });
  expect(json(await written('tags'), 'config.json')).toMatchObject({ problem_type: 'multi_label_classification' });
});

test('a head that transformers does not have is in the graph, and no weights say otherwise', async () => {
  const folder = await written('own');
  expect(existsSync(join(folder, 'model.safetensors'))).toBe(false);
  expect(json(folder, 'config.json')).toMatchObject({ id2label: { 0: 'yes', 1: 'no' } });
  const logits = await valuesOf(join(folder, 'onnx/model.onnx'), 'logits');
  expect(largestGap(logits, await valuesOf(exportGraph(model).model, 'logits_own'))).toBe(0);
});

test('what a classifier cannot say is told', () => {
  const kinds = (name: string): readonly string[] => classifierGraph(model, name).notices.map(({ kind }) => kind);
  expect(kinds('intent')).toEqual([]);
  expect(kinds('tags')).toEqual(['thresholds']);
  expect(kinds('size')).toEqual(['regression']);
  expect(kinds('own')).toEqual(['weights']);
});

test('what is no classifier is refused', async () => {
  expect(() => classifierGraph(model, 'intend')).toThrow(ArgumentError);
  expect(() => classifierGraph(model, 'alike')).toThrow(ModelError);
  const encoder = await readSentenceModel(NANO_BERT);
  expect(() => classifierGraph(encoder, 'intent')).toThrow(/the model has no task "intent"; it has none/);
  expect(existsSync(join(root, 'alike'))).toBe(false);
});
