// The folder of an export in Python: what is not installed there is skipped, and said.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Numbers } from './engine-answers.test.support.ts';
import { INTENTS, TEXTS } from './interop-model.test.support.ts';
import { expectOutputs, gapBetween, TOLERANCE } from './numbers.test.support.ts';
import { python, pythonAbsence } from './python.test.support.ts';
import { MODELS, writtenModels, type WrittenModels } from './written-models.test.support.ts';

const SLOW = 1_200_000;

const absences = {
  encoder: pythonAbsence('sentence-transformers', ['sentence_transformers']),
  onnxEncoder: pythonAbsence('sentence-transformers with its ONNX backend', [
    'sentence_transformers',
    'optimum',
    'onnxruntime',
  ]),
  pipeline: pythonAbsence('the pipeline of transformers', ['transformers', 'torch']),
  runtime: pythonAbsence('onnxruntime', ['onnxruntime', 'tokenizers', 'numpy']),
  checker: pythonAbsence('onnx.checker', ['onnx']),
};
for (const absence of Object.values(absences)) if (absence !== undefined) console.log(absence);
const runs = (what: keyof typeof absences): typeof test => test.skipIf(absences[what] !== undefined) as typeof test;

let written: WrittenModels;
beforeAll(async () => {
  written = await writtenModels(Object.values(absences).includes(undefined) ? MODELS : []);
}, SLOW);
const folderOf = (model: string): string => join(written.root, model);

describe('sentence-transformers', () => {
  const expectEmbeddings = (backend: string, models: readonly string[]): void => {
    const found = python('sentence_transformers_folders.py', [backend, ...models.map(folderOf)], TEXTS) as Numbers[];
    for (const [index, model] of models.entries()) {
      expect(gapBetween(found[index], written.answersFor(model).normalized), model).toBeLessThanOrEqual(TOLERANCE.fp32);
    }
  };

  runs('encoder')('gives the same embeddings', () => expectEmbeddings('torch', MODELS), SLOW);
  runs('onnxEncoder')('gives the same embeddings by our graph', () => expectEmbeddings('onnx', ['minilm']), SLOW);
});

runs('pipeline')(
  'the pipeline of transformers gives the same scores',
  () => {
    const folders = MODELS.map((model) => folderOf(`${model}-mood`));
    const found = python('transformers_pipeline.py', folders, TEXTS) as { label: string; score: number }[][][];
    for (const [index, model] of MODELS.entries()) {
      const expected = written.answersFor(model).scores.mood;
      const actual = found[index]?.map((row) => Object.fromEntries(row.map(({ label, score }) => [label, score])));
      expect(actual?.map((row) => Object.keys(row).toSorted())).toEqual(expected.map(() => ['angry', 'glad']));
      for (const [row, scores] of expected.entries())
        expect(actual?.[row]?.['glad']).toBeCloseTo(scores['glad'] ?? NaN, 5);
    }
  },
  SLOW,
);

describe('onnxruntime', () => {
  runs('runtime').each([
    ['minilm', 'fp32', 'model.onnx'],
    ['nano-bert', 'fp32', 'model.onnx'],
    ['nano-bert', 'fp16', 'model_fp16.onnx'],
  ] as const)(
    '%s in %s: the same outputs, and labels from the file alone',
    (model, precision, file) => {
      const { outputs, labels } = python('onnxruntime_graph.py', [folderOf(model), file], TEXTS) as {
        readonly outputs: Readonly<Record<string, Numbers>>;
        readonly labels: Readonly<Record<string, readonly string[]>>;
      };
      expectOutputs(outputs, written.answersFor(model), precision);
      if (model === 'minilm') expect(labels['intent']?.slice(0, 3)).toEqual(Object.keys(INTENTS));
    },
    SLOW,
  );
});

runs('checker')(
  'onnx.checker passes every file',
  () => {
    const files = readdirSync(written.root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.onnx'),
    );
    expect(files.length).toBe(MODELS.length * 5);
    expect(python('onnx_checker.py', files.map(folderOf))).toEqual({});
  },
  SLOW,
);
