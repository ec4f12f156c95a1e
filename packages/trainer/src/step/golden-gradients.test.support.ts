import type { HostTensor, Parameters } from '@sentence-mtl/core';
import { Optimizer, sgd } from '@sentence-mtl/optim';
import type { Engine, Program } from '@sentence-mtl/program';
import {
  goldenAbsence,
  isKeyBias,
  largestDifference,
  loadGoldenModel,
  relativeDifference,
  type GoldenModel,
  type GoldenName,
} from '@sentence-mtl/two-head-model';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { predictionOutput, predictionProgram } from '../program/prediction-program.ts';
import { prefixProgram } from '../program/prefix-program.ts';
import { WORD_TABLE } from '../program/training-program.ts';
import type { TrainingModel } from '../training-model.ts';
import { feedsOf, trainingModel } from './golden-steps.test.support.ts';
import { StepProgram, type StepLosses } from './step-program.ts';

const LOSS_TOLERANCE = 1e-6;
const GRADIENT_TOLERANCE = 1e-4;
const BATCHES_WITH_GRADIENTS = [0, 1, 3];
const TOKENS = { kind: 'tokens' } as const;

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Tensors = Readonly<Record<string, HostTensor>>;

/** Rows (B, D) divided by their lengths. */
function unitRows({ data, shape }: HostTensor): readonly number[] {
  const width = shape[1] ?? 1;
  const numbers = Array.from(data, Number);
  return numbers.map((value, i) => {
    const row = Math.floor(i / width) * width;
    return value / Math.hypot(...numbers.slice(row, row + width));
  });
}

/** A model with the step that trains all of it, by SGD at a rate of 1. */
interface Trained {
  readonly model: TrainingModel;
  readonly optimizer: Optimizer;
  readonly step: StepProgram;
}

async function trainedModel(engine: Engine, golden: GoldenModel): Promise<Trained> {
  const given = await trainingModel(golden);
  const optimizer = new Optimizer(sgd({ learningRate: 1 }), given.parameters, { rowTables: [WORD_TABLE] });
  const model = { ...given, parameters: optimizer.parameters };
  const stage = { start: TOKENS, trained: [...given.parameters.keys()] };
  return { model, optimizer, step: await StepProgram.compile(engine, model, optimizer, stage, false) };
}

/**
 * The gradients of a step by path. That of the word table comes as rows and is nowhere to be read as a whole: it is what
 * the update takes off the table. The parameters are as before afterwards.
 */
function gradientsOf({ optimizer, step }: Trained): Parameters {
  const gradients = new Map([...optimizer.gradients].map(([path, tensor]) => [path, structuredClone(tensor)]));
  const before = new Map([...optimizer.parameters].map(([path, { data }]) => [path, data.slice()]));
  step.update();
  const words = optimizer.parameters.get(WORD_TABLE);
  const old = before.get(WORD_TABLE);
  if (words === undefined || old === undefined) throw new Error('the model has no words');
  gradients.set(WORD_TABLE, { ...words, data: words.data.map((value, i) => (old[i] ?? NaN) - value) });
  for (const [path, { data }] of optimizer.parameters) data.set(before.get(path) ?? data);
  return gradients;
}

/** Runs a program once, on those of the feeds that it takes. */
async function outputsOf(engine: Engine, program: Program, feeds: Tensors): Promise<Tensors> {
  const executable = await engine.compile(program);
  try {
    const taken = Object.entries(feeds).filter(([name]) => Object.hasOwn(program.inputs, name));
    return await executable.run(Object.fromEntries(taken));
  } finally {
    await executable.dispose();
  }
}

function compareWithPyTorch(engine: Engine, name: GoldenName): void {
  let golden: GoldenModel;
  let trained: Trained;

  beforeAll(async () => {
    golden = await loadGoldenModel(name);
    trained = await trainedModel(engine, golden);
  });
  // What a step left undone, rows of the word table, would join the next.
  beforeEach(() => void trained.step.skip());
  afterAll(async () => trained.step[Symbol.asyncDispose]());

  function batchFeeds(index: number): ReturnType<typeof feedsOf> {
    const batch = golden.batches[index];
    if (batch === undefined) throw new Error(`no batch ${index} is recorded`);
    return feedsOf(batch, trained.model);
  }

  async function run(index: number): Promise<StepLosses> {
    return trained.step.run({ ...batchFeeds(index), lossWeights: Object.values(golden.lossWeights), dropoutKeys: [] });
  }

  it.each([0, 1, 2, 3, 4])('batch %i gives the recorded losses', async (index) => {
    const { loss, taskLosses } = await run(index);
    const expected = golden.steps[index];
    const wanted = [expected?.loss ?? NaN, ...Object.values(expected?.task_losses ?? {})];
    expect(largestDifference([loss, ...Object.values(taskLosses)], wanted)).toBeLessThan(LOSS_TOLERANCE);
  });

  it('every batch gives the recorded logits and embeddings', async () => {
    const { config, parameters } = trained.model;
    for (const [index, { logits, embedding }] of golden.steps.entries()) {
      const feeds = { ...batchFeeds(index).microBatches[0], ...Object.fromEntries(parameters) };
      const predicted = await outputsOf(engine, predictionProgram(trained.model, TOKENS), feeds);
      for (const [task, rows] of Object.entries(logits)) {
        const difference = largestDifference(predicted[predictionOutput(task, 0)]?.data ?? [], rows.flat());
        expect(difference, `logits of ${task}, batch ${index}`).toBeLessThan(LOSS_TOLERANCE);
      }
      const { prefix } = await outputsOf(engine, prefixProgram(config, { kind: 'embedding' }), feeds);
      if (prefix === undefined) throw new Error('a prefix program has the output prefix');
      expect(largestDifference(unitRows(prefix), embedding.flat()), `batch ${index}`).toBeLessThan(LOSS_TOLERANCE);
    }
  });

  it.each(BATCHES_WITH_GRADIENTS)('batch %i gives the recorded gradient of every parameter', async (index) => {
    const recorded = await golden.recorded(`grads-batch${index}.safetensors`);
    expect([...recorded.keys()]).toEqual([...golden.parameters.keys()]);
    await run(index);
    const gradients = gradientsOf(trained);
    const differing = [...recorded]
      .filter(([path]) => !isKeyBias(path))
      .map(([path, { data }]) => ({ path, difference: relativeDifference(gradients.get(path)?.data ?? [], data) }))
      .filter(({ difference }) => !(difference <= GRADIENT_TOLERANCE));
    expect(differing).toEqual([]);
  });

  it('a task without a label in the batch has loss 0 and gradients of exact zeros', async () => {
    expect(golden.batches[3]?.labels['b']?.data.every((label) => label < 0)).toBe(true);
    const { taskLosses } = await run(3);
    expect(taskLosses['b']).toBe(0);
    const { data = [] } = trained.optimizer.gradients.get('heads.b.output.weight') ?? {};
    expect(data.length).toBeGreaterThan(0);
    expect([...data].every((slope) => slope === 0)).toBe(true);
  });
}

/** Losses, logits, embeddings and gradients of the recorded models on an engine, as PyTorch gave them. */
export function describeGoldenGradients(engine: Engine): void {
  afterAll(() => engine.dispose());
  describe('nano-bert', () => compareWithPyTorch(engine, 'nano-bert'));
  describe.skipIf(goldenAbsence)(`tiny bert ${goldenAbsence ?? ''}`, () => compareWithPyTorch(engine, 'bert'));
  describe.skipIf(goldenAbsence)(`tiny distilbert ${goldenAbsence ?? ''}`, () =>
    compareWithPyTorch(engine, 'distilbert'),
  );
}
