import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification } from '@sentence-mtl/heads';
import { createTaskModel, MultiTaskModel, readSentenceModel } from '@sentence-mtl/model';
import { quantizeModel, writeModel } from '@sentence-mtl/onnx';
import { afterAll, expect, test } from 'vitest';
import { NANO_BERT } from '../every-task.test.support.ts';
import { exportGraph } from '../export-graph.ts';
import { graphProgram } from '../graph-program.ts';
import { largestGap } from '../graph-run.test.support.ts';
import { SAMPLE_TEXTS } from '../quantization/sample-texts.ts';
import { compareAnswers } from './compare-answers.ts';
import { answersOf } from './graph-answers.ts';
import { comparedOutputs } from './graph-outputs.ts';

const tasks = { intent: classification(['refund', 'cancel']) };
const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

test('a program, its graph and the model answer alike, in the order of the texts', async () => {
  const model = createTaskModel(await readSentenceModel(NANO_BERT), tasks, 7);
  const texts = SAMPLE_TEXTS.slice(0, 40);
  const outputs = comparedOutputs(tasks);
  await using program = await engine.compile(graphProgram(model));
  await using graph = await engine.openGraph(writeModel(exportGraph(model).model));
  let done = 0;
  const ofProgram = await answersOf(async (feeds) => program.run(feeds), model.config, texts, outputs, {
    tokenBudget: 64,
    onProgress: (rows) => (done = rows),
  });
  expect([done, ofProgram.rows]).toEqual([40, 40]);
  const ofGraph = await answersOf(graph.run.bind(graph), model.config, texts, outputs);
  const { largest, tasks: of } = compareAnswers(ofGraph, ofProgram, tasks);
  expect(largest).toBeLessThan(1e-5);
  expect(of['intent']).toMatchObject({ agreement: 1 });
  await using own = new MultiTaskModel(model, { engine });
  const predicted = await own.predict(texts, { embeddings: true });
  const embeddings = predicted.flatMap(({ embedding }) => [...embedding]);
  expect(largestGap(ofGraph.output('sentence_embedding').data, embeddings)).toBeLessThan(1e-5);
  expect(() => ofGraph.output('logits_mood')).toThrow(/no answers of "logits_mood"; there are those of sentence_emb/);

  await using int8 = await engine.openGraph(writeModel(quantizeModel(exportGraph(model).model).model));
  const off = compareAnswers(await answersOf(int8.run.bind(int8), model.config, texts, outputs), ofProgram, tasks);
  expect(off.meanCosine).toBeGreaterThan(0.99);
  expect(off.largest).toBeGreaterThan(1e-4);
});

test('the texts that come with the package are different ones, of many lengths', () => {
  expect(new Set(SAMPLE_TEXTS).size).toBe(SAMPLE_TEXTS.length);
  const lengths = SAMPLE_TEXTS.map((text) => text.length);
  expect([Math.min(...lengths) < 10, Math.max(...lengths) > 300]).toEqual([true, true]);
});

test('a signal ends it', async () => {
  const model = await readSentenceModel(NANO_BERT);
  const run = async (): Promise<never> => Promise.reject(new Error('not run'));
  const aborted = answersOf(run, model.config, ['a'], [], { signal: AbortSignal.abort(new Error('stopped')) });
  await expect(aborted).rejects.toThrow('stopped');
});
