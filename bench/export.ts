// A model of DistilBERT's size (66 million parameters, random) and its export by a fresh process: seconds, and the largest
// resident size beside that of the weights.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countParameters, Random } from '@sentence-mtl/core';
import { initialParameters, parseEncoderConfig } from '@sentence-mtl/encoder';
import { classification } from '@sentence-mtl/heads';
import { createTaskModel, loadSentenceModel, writeTaskModel, type TaskModel } from '@sentence-mtl/model';
import type { ExportedInProcess } from './export-process.ts';
import { describeMachine } from './machine.ts';
import { report, type ReportRow } from './report.ts';
import { ScratchFolder } from './scratch-folder.ts';
import { spreadOf } from './spread.ts';

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '6' },
    repeats: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

/** DistilBERT's sizes, with the tokenizer of minilm, whose vocabulary is the same. */
async function distilBertSized(layers: number): Promise<TaskModel> {
  const { config } = await loadSentenceModel('minilm');
  const source = { model_type: 'distilbert', dim: 768, hidden_dim: 3072, n_heads: 12, n_layers: layers };
  const full = {
    ...source,
    vocab_size: config.encoder.vocabularySize,
    max_position_embeddings: 512,
    activation: 'gelu',
  };
  const encoder = parseEncoderConfig(full, 'bench');
  const parameters = initialParameters(encoder, Random.of(1));
  const tasks = { intent: classification(Array.from({ length: 150 }, (_, label) => `intent ${label}`)) };
  return createTaskModel({ config: { ...config, encoder, source: full }, parameters, notices: [] }, tasks, 1);
}

const child = fileURLToPath(new URL('export-process.js', import.meta.url));

async function exportOnce(words: readonly string[]): Promise<ExportedInProcess & { readonly seconds: number }> {
  const begin = performance.now();
  const started = spawn(process.execPath, [child, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await text(started.stdout);
  if (line === '') throw new Error('the process that exports has failed');
  return { ...(JSON.parse(line) as ExportedInProcess), seconds: (performance.now() - begin) / 1000 };
}

using scratch = new ScratchFolder();
const model = scratch.of('model');
const data = await distilBertSized(Number(values.layers));
await writeTaskModel(model, data);
const parameters = countParameters(data.parameters);
const weightsMb = statSync(join(model, 'model.safetensors')).size / 2 ** 20;

const cases: Readonly<Record<string, readonly string[]>> = {
  'fp32 into the folder': [model, 'fp32'],
  'fp16 into the folder': [model, 'fp16'],
  'fp32 with a copy of the model': [model, 'fp32', scratch.of('copy')],
};
const rows: ReportRow[] = [];
for (const [what, words] of Object.entries(cases)) {
  const runs: Awaited<ReturnType<typeof exportOnce>>[] = [];
  for (let i = 0; i < Number(values.repeats); i++) runs.push(await exportOnce(words));
  const seconds = spreadOf(runs.map((run) => run.seconds));
  const memoryMb = Math.max(...runs.map((run) => run.memoryMb));
  const othersShare = Math.max(...runs.map((run) => run.othersShare));
  const timesWeights = Math.round((memoryMb / weightsMb) * 100) / 100;
  rows.push({
    what,
    ...seconds,
    fileMb: Math.round((runs[0]?.bytes ?? 0) / 2 ** 20),
    memoryMb,
    timesWeights,
    othersShare,
  });
}
const figures = { parameters, weightsMb: Math.round(weightsMb), rows };
report('export', describeMachine(), rows, figures, values.json);
