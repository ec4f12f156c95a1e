// The program of a step with other optimizers than the trainer's own, beside 12 steps of PyTorch.
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  Optimizer,
  sgd,
  type GradientTransformation,
  type ParameterStep,
} from '@sentence-mtl/optim';
import {
  goldenAbsence,
  largestDifference,
  loadGoldenModel,
  loadGoldenOptimizers,
  markBlownUp,
  parameterFaults,
  type BlownUp,
  type GoldenModel,
  type GoldenRun,
} from '@sentence-mtl/two-head-model';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { WORD_TABLE } from '../program/training-program.ts';
import { BATCHES, feedsOf, trainingModel } from './golden-steps.test.support.ts';
import { StepProgram } from './step-program.ts';

const TOLERANCE = 1e-5;

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

const baseRate = (path: string): number => (path.startsWith('heads.') ? 1e-2 : 2e-3);

/** Trains as recorded, comparing losses, norms and counts at each step; returns the final parameters, and the marks. */
async function trainAsRecorded(
  golden: GoldenModel,
  { steps }: GoldenRun,
  update: GradientTransformation,
): Promise<{ readonly final: GoldenModel['parameters']; readonly marks: BlownUp }> {
  const given = await trainingModel(golden);
  const transformation = chain(clipByGlobalNorm(1), update);
  const optimizer = new Optimizer(transformation, given.parameters, { rowTables: [WORD_TABLE] });
  const stage = { start: { kind: 'tokens' }, trained: [...given.parameters.keys()] } as const;
  const model = { ...given, parameters: optimizer.parameters };
  await using program = await StepProgram.compile(engine, model, optimizer, stage, false);
  const lossWeights = Object.values(golden.lossWeights);
  const [marks, differing]: [BlownUp, unknown[]] = [new Map(), []];
  for (const [step, { loss, task_losses, grad_norm, parameters_with_grad }] of steps.entries()) {
    const batch = golden.batches[step % BATCHES];
    if (batch === undefined) throw new Error(`no batch ${step % BATCHES} is recorded`);
    const got = await program.run({ ...feedsOf(batch, model), lossWeights, dropoutKeys: [] });
    const { globalNorm = NaN } = program.update();
    const values = [got.loss, ...Object.values(got.taskLosses), globalNorm, stage.trained.length];
    const wanted = [loss, ...Object.values(task_losses), grad_norm, parameters_with_grad];
    if (!(largestDifference(values, wanted) < TOLERANCE)) differing.push({ step, values, wanted });
    markBlownUp(optimizer, marks);
  }
  expect(differing).toEqual([]);
  return { final: optimizer.parameters, marks };
}

describe.skipIf(goldenAbsence)(`12 steps of other optimizers as PyTorch took them ${goldenAbsence ?? ''}`, () => {
  const options = { learningRate: ({ path }: ParameterStep) => baseRate(path), weightDecay: 0.01 };
  const optimizers: Readonly<Record<string, GradientTransformation>> = {
    SGD: sgd(options),
    'SGD-momentum': sgd({ ...options, momentum: 0.9 }),
    'SGD-nesterov': sgd({ ...options, momentum: 0.9, nesterov: true }),
    'SGD-dampening': sgd({ ...options, momentum: 0.9, dampening: 0.1 }),
    Adam: adam(options),
    AdamW: adamw(options),
  };

  it.each(Object.entries(optimizers))('%s', async (name, optimizer) => {
    const golden = await loadGoldenModel('nano-bert');
    const { runs, recorded } = await loadGoldenOptimizers(golden);
    const run = runs[name];
    if (run === undefined) throw new Error(`no run of ${name} is recorded`);
    const { final, marks } = await trainAsRecorded(golden, run, optimizer);
    expect(parameterFaults(golden.parameters, final, await recorded(`${name}.safetensors`), marks)).toEqual([]);
  });
});
