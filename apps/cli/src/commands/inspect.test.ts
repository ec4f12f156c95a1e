import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classification, regression } from '@sentence-mtl/heads';
import { createTaskModel, readSentenceModel, writeTaskModel } from '@sentence-mtl/model';
import { afterAll, expect, test } from 'vitest';
import { runCommandLine } from '../command-line/run-command-line.ts';
import { memorySurroundings } from '../command-line/surroundings.test.support.ts';
import { sentenceMtlProgram } from '../program.ts';
import { TINY_MODEL } from '../run-built-program.test.support.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function inspected(...words: string[]): Promise<string> {
  const surroundings = memorySurroundings({ workingDirectory: folder });
  await runCommandLine(['inspect', ...words], sentenceMtlProgram(), surroundings);
  return surroundings.stdout.text + surroundings.stderr.text;
}

// The counts are those of a one-layer BERT of hidden size 16 with 400 tokens, 48 positions, 2 segments and an
// intermediate size of 32: 16 · (400 + 48 + 2) + 2 · 16, and 4 · (16² + 16) + 2 · 16 · 32 + 32 + 16 + 4 · 16.
test('a model is described part by part', async () => {
  expect((await inspected(TINY_MODEL)).split('\n\n')).toEqual([
    [
      `folder        ${TINY_MODEL}`,
      'architecture  bert, 1 layer, 2 attention heads',
      'sizes         hidden 16, vocabulary 400',
      'longest text  24 tokens',
      'pooling       mean, then dense 16 to 8, tanh, then length 1',
      'embedding     8 values',
      'parameters    9,592, stored as F32',
      '  embeddings  7,232 (75.4 %)',
      '  layers      2,224 (23.2 %)',
      '  dense       136 (1.4 %)',
      '  not used    272',
      'memory        38.4 kB as float32, 12.5 kB as int8',
    ].join('\n'),
    expect.stringMatching(/ 89 B {2}1_Pooling\/config.json\n[^]*41.2 kB {2}model.safetensors\n/),
  ]);
});

test('a bare folder is given mean pooling, and the description says so', async () => {
  cpSync(TINY_MODEL, join(folder, 'bare'), { recursive: true });
  rmSync(join(folder, 'bare/modules.json'));
  expect(await inspected('bare')).toMatch(/pooling +mean \(the folder names none\)\nembedding +16 values\n/);
});

test('the heads of a multi-task model are told in its order, with their labels', async () => {
  const tasks = { mood: regression(), intent: classification(['refund', 'cancel', 'other']) };
  const saved = join(folder, 'with-heads');
  await writeTaskModel(saved, createTaskModel(await readSentenceModel(TINY_MODEL), tasks, 1));
  // An embedding of 8 values, and a bias for each output.
  expect(await inspected(saved)).toMatch(
    /\nheads +mood: regression, 9 parameters\n +intent: classification of 3 labels, 27 parameters\n/,
  );
  writeFileSync(join(saved, 'heads/mood/config.json'), '{"kind":"regresion"}');
  expect(await inspected(saved)).toMatch(/^error: .*heads\/mood\/config.json: "kind" is "regresion"; .*"regression"/);
});

test('for programs the description is data', async () => {
  expect(JSON.parse(await inspected(TINY_MODEL, '--json'))).toMatchObject({
    folder: TINY_MODEL,
    encoder: { architecture: 'bert', layerCount: 1 },
    pooling: { modes: ['mean'] },
    parameters: { parts: { embeddings: 7232, layers: 2224, dense: 136, unused: 272 } },
  });
});

test('a folder without weights is told as it is', async () => {
  cpSync(TINY_MODEL, join(folder, 'empty'), { recursive: true });
  rmSync(join(folder, 'empty/model.safetensors'));
  expect(await inspected('empty')).toMatch(
    /^error: .*empty has no model.safetensors and no model.safetensors.index.json/,
  );
});
