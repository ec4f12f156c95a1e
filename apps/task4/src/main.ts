// pnpm task4 [--data FILE [--validation FILE]] …: trains several heads on one encoder. Each step is one pass through the
// encoder for all tasks, a loss for each, and their weighted sum; each epoch prints the loss and the accuracies.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SentenceMtlError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { createTaskModel, loadSentenceModel, MultiTaskModel } from '@sentence-mtl/model';
import { hubSettings } from '@sentence-mtl/model-files';
import { train } from '@sentence-mtl/trainer';
import { epochLines } from './epoch-lines.ts';
import { readLabelledTexts } from './labelled-texts.ts';
import { predictionLines } from './prediction-lines.ts';
import { sampleSentences } from './sample-sentences.ts';
import { INTERRUPTED, stopOnInterrupt } from './stop-on-interrupt.ts';
import { freezingOf, OPTIONS, taskWeightsOf, type Options } from './training-options.ts';

async function trainAndPredict(options: Options, folder: string): Promise<'done' | 'interrupted'> {
  const [seed, epochs] = [Number(options.seed), Number(options.epochs ?? (options.data === undefined ? 10 : 3))];
  const { tasks, training, validation } =
    options.data === undefined ? sampleSentences() : await readLabelledTexts(options.data, options.validation, seed);
  const encoder = await loadSentenceModel(options.encoder, { hub: hubSettings(process.env) });
  const model = createTaskModel(encoder, tasks, seed);
  const engine = await onnxruntimeEngine();
  const { reason, step, modelFolder } = await train({
    engine,
    model,
    training,
    validation,
    folder,
    settings: { seed, checkpointEvery: options.data === undefined ? { steps: 50 } : 'epoch' },
    steps: { length: { epochs } },
    freezing: freezingOf(options.freeze),
    balancing: taskWeightsOf(options['task-weights']),
    resume: options.resume ? 'last' : undefined,
    signal: stopOnInterrupt(console.error),
    onEvent: epochLines(console.log, folder),
    clock: () => performance.now(),
  });
  if (reason === 'aborted') {
    console.error(`Saved after step ${step}. To go on, the same command with --run ${folder} --resume`);
    return 'interrupted';
  }
  await using best = await MultiTaskModel.load(modelFolder, { engine, tasks });
  const shown = validation.slice(0, Number(options.show));
  const predictions = await best.predict(shown.map(({ texts: [text = ''] }) => text));
  console.log(`\n${options.data === undefined ? 'The sentences' : 'Texts that were not trained'}:\n`);
  shown.forEach((example, row) => console.log(`${predictionLines(tasks, example, predictions[row] ?? {})}\n`));
  return 'done';
}

try {
  const { values } = parseArgs({ options: OPTIONS });
  const folder = values.run ?? (await mkdtemp(join(tmpdir(), 'task4-')));
  try {
    if ((await trainAndPredict(values, folder)) === 'interrupted') process.exitCode = INTERRUPTED;
  } finally {
    if (values.run === undefined && process.exitCode !== INTERRUPTED) await rm(folder, { recursive: true });
  }
} catch (error) {
  if (!(error instanceof SentenceMtlError || error instanceof TypeError)) throw error;
  console.error(`task4: ${error.message}`);
  process.exitCode = 1;
}
