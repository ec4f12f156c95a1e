import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  sgd,
  type GradientTransformation,
  type ParameterStep,
} from '@sentence-mtl/optim';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { markBlownUp, parameterFaults, type BlownUp } from './golden-comparison.ts';
import {
  goldenAbsence,
  loadGoldenModel,
  loadGoldenOptimizers,
  type GoldenModel,
  type GoldenRun,
} from './golden-model.ts';
import { largestDifference } from './largest-difference.ts';
import { TwoHeadTraining } from './two-head-training.ts';

const LOSS_TOLERANCE = 1e-5;
const BATCHES = 5;

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

const baseRate = (path: string): number => (path.startsWith('heads.') ? 1e-2 : 2e-3);

/** Trains as recorded, comparing losses, norms and counts at each step; returns the final parameters, and the marks. */
async function trainAsRecorded(
  model: GoldenModel,
  { steps }: GoldenRun,
  update: GradientTransformation,
): Promise<{ readonly final: GoldenModel['parameters']; readonly marks: BlownUp }> {
  const lossWeights = Object.values(model.lossWeights);
  const { config, parameters } = model;
  const optimizer = chain(clipByGlobalNorm(1), update);
  const training = new TwoHeadTraining({ engine, config, parameters, optimizer, lossWeights });
  const marks: BlownUp = new Map();
  const differing: unknown[] = [];
  for (const [step, expected] of steps.entries()) {
    const batch = model.batches[step % BATCHES];
    if (batch === undefined) throw new Error(`no batch ${step % BATCHES} is recorded`);
    const got = await training.step(batch, () => true);
    const values = [got.loss, ...Object.values(got.taskLosses), got.globalNorm ?? NaN, got.updated];
    const { loss, task_losses, grad_norm, parameters_with_grad } = expected;
    const wanted = [loss, ...Object.values(task_losses), grad_norm, parameters_with_grad];
    if (!(largestDifference(values, wanted) < LOSS_TOLERANCE)) differing.push({ step, values, wanted });
    markBlownUp(training.optimizer, marks);
  }
  expect(differing).toEqual([]);
  return { final: training.optimizer.parameters, marks };
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
    const model = await loadGoldenModel('nano-bert');
    const { runs, recorded } = await loadGoldenOptimizers(model);
    const run = runs[name];
    if (run === undefined) throw new Error(`no run of ${name} is recorded`);
    const { final, marks } = await trainAsRecorded(model, run, optimizer);
    expect(parameterFaults(model.parameters, final, await recorded(`${name}.safetensors`), marks)).toEqual([]);
  });
});
