import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  classifierGraph,
  exportGraph,
  halfGraph,
  quantizeEncoder,
  writeClassifierFolder,
  writeExportFolder,
} from '@sentence-mtl/export';
import { loadSentenceModel, readSentenceModel, type EncoderOptions, type SentenceModel } from '@sentence-mtl/model';
import { afterAll, expect } from 'vitest';
import { engineAnswers, int8Embeddings, type Answers } from './engine-answers.test.support.ts';
import { interopModel } from './interop-model.test.support.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const GOLDEN = resolve(ROOT, process.env['SENTENCE_MTL_FIXTURES'] ?? '../shared', 'golden/models');
const NANO = join(ROOT, 'packages/export/fixtures/nano-bert');

/** Small ones of random weights, each with a tokenizer of its own kind. */
const RECORDED = ['distilbert', 'roberta', 'xlm-roberta', 'mpnet', 'albert', 'electra'];
const hasRecorded = existsSync(GOLDEN);
if (!hasRecorded) {
  console.log('SKIPPED other architectures in the runtimes of others: no shared fixtures (SENTENCE_MTL_FIXTURES)');
}

/** The names of all models that there are: one of full size, and one of each architecture. */
export const MODELS: readonly string[] = ['minilm', 'nano-bert', ...(hasRecorded ? RECORDED : [])];

/** Models in a folder, `<name>` and the classifiers `<name>-intent` and `<name>-mood`, with what our own engine says. */
export interface WrittenModels {
  readonly root: string;
  /** @throws {Error} for a model that is not written */
  readonly answersFor: (name: string) => Answers;
}

async function readEncoder(name: string): Promise<SentenceModel> {
  if (name === 'minilm') return loadSentenceModel('minilm');
  return readSentenceModel(name === 'nano-bert' ? NANO : join(GOLDEN, name));
}

async function writeModel(folder: string, encoder: SentenceModel, options: EncoderOptions): Promise<Answers> {
  const model = await interopModel(encoder, options);
  const { model: graph } = exportGraph(model, { probabilities: true });
  const graphs = new Map([
    ['fp32', graph] as const,
    ['fp16', halfGraph(graph)] as const,
    ['int8', quantizeEncoder(graph, []).model] as const,
  ]);
  await writeExportFolder(folder, model, graphs);
  for (const task of ['intent', 'mood'] as const) {
    const classifier = new Map([['fp32', classifierGraph(model, task).model] as const]);
    await writeClassifierFolder(`${folder}-${task}`, model, task, classifier);
  }
  return { ...(await engineAnswers(model, options)), int8: await int8Embeddings(folder, options) };
}

/** Exports models into a folder of their own, which goes after the tests of the file. */
export async function writtenModels(names: readonly string[]): Promise<WrittenModels> {
  const root = mkdtempSync(join(tmpdir(), 'interop-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const engine = await onnxruntimeEngine({ threads: 1 });
  const answers = new Map<string, Answers>();
  for (const name of names) answers.set(name, await writeModel(join(root, name), await readEncoder(name), { engine }));
  await engine.dispose();
  return { root, answersFor: (name) => answers.get(name) ?? expect.unreachable(`there is no ${name}`) };
}
