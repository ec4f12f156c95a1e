import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Random } from '@sentence-mtl/core';
import { initialParameters, parseEncoderConfig } from '@sentence-mtl/encoder';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { classification, defineTasks, initialTaskParameters, regression, type Tasks } from '@sentence-mtl/heads';
import { embeddingDimension, readSentenceModel, writeSentenceModel } from '@sentence-mtl/model';
import { writeSafetensors } from '@sentence-mtl/model-files';
import type { Engine } from '@sentence-mtl/program';
import { afterAll, afterEach } from 'vitest';
import type { Example } from './batch/example.ts';
import type { TrainOptions } from './loop/train-options.ts';
import type { TrainingModel } from './training-model.ts';

const FOLDER = resolve(import.meta.dirname, '../fixtures/nano-bert');

const engine: Engine = await onnxruntimeEngine({ threads: 1 });
afterAll(async () => engine.dispose());

const twoTasks: Tasks = defineTasks({ topic: classification(['weather', 'food']), length: regression() });

/** A tiny encoder of three fresh layers, with fresh heads. */
export async function tinyModel(tasks: Tasks = twoTasks): Promise<TrainingModel> {
  const { config: oneLayer } = await readSentenceModel(FOLDER);
  const source = { ...oneLayer.source, num_hidden_layers: 3 };
  const config = { ...oneLayer, source, encoder: parseEncoderConfig(source) };
  const parameters = initialParameters(config.encoder, Random.of(3));
  const sizes = { embedding: embeddingDimension(config), tokens: config.encoder.hiddenSize };
  const heads = initialTaskParameters(tasks, sizes, Random.of(7));
  return { config, tasks, parameters: new Map([...parameters, ...heads]) };
}

const WORDS = {
  weather: ['the weather is good', 'a good day', 'the sun', 'rain today', 'it is cold'],
  food: ['the bread', 'we eat rice', 'a good meal', 'soup and bread today', 'cook'],
} as const;

/** Texts of two topics and different lengths, every third without one of its labels. */
export function someExamples(count: number, salt = 0): readonly Example[] {
  return Array.from({ length: count }, (_, row) => {
    const topic = (row + salt) % 2 === 0 ? 'weather' : 'food';
    const words = Array.from({ length: 1 + ((row * 7 + salt) % 4) }, (__, i) => WORDS[topic][(row + i + salt) % 5]);
    const text = words.join(' ');
    const labels = { topic: row % 3 === 1 ? null : topic, length: row % 3 === 2 ? null : words.length / 4 };
    return { texts: [text], labels, place: `rows.jsonl:${row + 1}` };
  });
}

/** The encoder's folder, and beside it all parameters as they are. */
async function writeModel(folder: string, model: TrainingModel): Promise<void> {
  await writeSentenceModel(folder, { config: model.config, parameters: model.parameters });
  const tensors = [...model.parameters].map(
    ([path, { shape, data }]) => [path, { dtype: 'F32', shape, data }] as const,
  );
  await writeSafetensors(join(folder, 'all.safetensors'), tensors);
}

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true })));
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainer-'));
  folders.push(folder);
  return folder;
}

/** What a kill at this very moment would leave. */
export function copyNow(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'trainer-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The hashes of all files of a run but timing.jsonl, by path. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'timing.jsonl');
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return new Map(
    await Promise.all(
      paths.map(
        async (path) =>
          [
            relative(folder, path),
            createHash('sha256')
              .update(await readFile(path))
              .digest('hex'),
          ] as const,
      ),
    ),
  );
}

/** A run of 3 epochs of 6 steps of 8 examples. */
export async function tinyRun(changes: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  const { settings, ...others } = changes;
  return {
    engine,
    model: await tinyModel(),
    training: someExamples(48),
    validation: someExamples(20, 3),
    folder: await temporaryFolder(),
    steps: { length: { epochs: 3 }, batchSize: 8 },
    writeModel,
    clock: () => 0,
    ...others,
    settings: { learningRate: 1e-3, logEvery: 1, ...settings },
  };
}
