// A run that takes a second, for tests here and for processes that tests start.
import { resolve } from 'node:path';
import { Random } from '@sentence-mtl/core';
import { initialParameters, parseEncoderConfig } from '@sentence-mtl/encoder';
import { classification, defineTasks, initialTaskParameters, regression, type Tasks } from '@sentence-mtl/heads';
import { embeddingDimension, readSentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { Example } from './batch/example.ts';
import type { TrainOptions } from './loop/train-options.ts';
import type { TrainingModel } from './training-model.ts';

const FOLDER = resolve(import.meta.dirname, '../fixtures/nano-bert');

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

/** A run of 3 epochs of 6 steps of 8 examples. */
export async function tinyOptions(
  engine: Engine,
  folder: string,
  changes: Partial<TrainOptions> = {},
): Promise<TrainOptions> {
  const { settings, ...others } = changes;
  return {
    engine,
    model: await tinyModel(),
    training: someExamples(48),
    validation: someExamples(20, 3),
    folder,
    steps: { length: { epochs: 3 }, batchSize: 8 },
    clock: () => 0,
    ...others,
    settings: { learningRate: 1e-3, logEvery: 1, ...settings },
  };
}
