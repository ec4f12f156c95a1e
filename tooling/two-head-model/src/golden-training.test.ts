import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import {
  freezeEncoder,
  freezeLayersBelow,
  gradualUnfreezing,
  planFreezing,
  trainAll,
  trainedPaths,
  type FreezePlan,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';
import {
  adam,
  adamw,
  chain,
  clipByGlobalNorm,
  FROZEN,
  partition,
  schedule,
  sgd,
  type GradientTransformation,
  type ParameterStep,
} from '@sentence-mtl/optim';
import { afterAll, describe, expect, it, vi } from 'vitest';
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
const PARAMETER_TOLERANCE = 1e-5;
const BATCHES = 5;
/** Where Adam divides by less than a hundred times its epsilon, it blows up the rounding of a gradient near 0. */
const BLOWN_UP = 1e-6;
const BLOWN_UP_TOLERANCE = 1e-4;
/** Of the 50 000 elements of a model. */
const MOST_BLOWN_UP = 100;
const SECOND_DECAY = 0.999;

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const engine = await onnxruntimeEngine({ threads: 1 });
afterAll(() => engine.dispose());

/** Adam-like optimizers blow the rounding noise of these gradients up; no output depends on them. */
const isKeyBias = (path: string): boolean => path.endsWith('attention.key.bias');

const baseRate = (path: string): number => (path.startsWith('heads.') ? 1e-2 : 2e-3);

const warmedUp = schedule({ kind: 'linear', warmup: { steps: 2 } }, 20);
const scheduledRate = ({ path, step }: ParameterStep): number => baseRate(path) * warmedUp(step);

type Marks = ReadonlyMap<string, Set<number>>;

/** Notes the elements whose second moment is, after this step, that of rounding. */
function markBlownUp({ optimizer }: TwoHeadTraining, marks: Marks): void {
  const { counts, slots } = optimizer.state;
  for (const [path, { data }] of slots.get('adam.secondMoment') ?? []) {
    const correction = 1 - SECOND_DECAY ** (counts.get(path) ?? 1);
    const most = BLOWN_UP ** 2 * correction;
    for (let index = 0; index < data.length; index++) {
      const moment = data[index] ?? 0;
      if (moment > 0 && moment < most) marks.get(path)?.add(index);
    }
  }
}

/** What a strategy makes of a model, and an optimizer that keeps nothing of what it freezes for good. */
function planned(
  { parameters, config }: GoldenModel,
  strategy: FreezeStrategy,
  optimizer: GradientTransformation,
): { readonly plan: FreezePlan; readonly transformation: GradientTransformation } {
  const plan = planFreezing(strategy, { parameters, layerCount: config.encoder.layerCount });
  if (plan.rules.length > 0) return { plan, transformation: optimizer };
  const labels = plan.labels([]);
  const labelOf = (path: string) => (labels.get(path) === FROZEN ? FROZEN : 'trained');
  return { plan, transformation: partition(labelOf, { trained: optimizer }) };
}

/** Trains as recorded, comparing losses, norms and counts at each step; returns the final parameters, and the marks. */
async function trainAsRecorded(
  model: GoldenModel,
  { settings: { accumulation = 1 }, steps }: GoldenRun,
  strategy: FreezeStrategy,
  update: GradientTransformation,
): Promise<{ readonly final: GoldenModel['parameters']; readonly marks: Marks }> {
  const lossWeights = Object.values(model.lossWeights);
  const { config, parameters } = model;
  const { plan, transformation } = planned(model, strategy, update);
  const optimizer = chain(clipByGlobalNorm(1), transformation);
  const training = new TwoHeadTraining({ engine, config, parameters, optimizer, lossWeights });
  const marks = new Map([...parameters.keys()].map((path) => [path, new Set<number>()]));
  const differing: unknown[] = [];
  for (const [step, expected] of steps.entries()) {
    const micro = Array.from({ length: accumulation }, (_, i) => model.batches[(step * accumulation + i) % BATCHES]);
    const trained = new Set(trainedPaths(plan.labels(plan.stageAt({ step, epoch: 0, history: [] }))));
    const got = await training.step(
      micro.filter((batch) => batch !== undefined),
      (path) => trained.has(path),
    );
    const values = [got.loss, ...Object.values(got.taskLosses), got.globalNorm ?? NaN, got.updated];
    const { loss, task_losses, grad_norm, parameters_with_grad } = expected;
    const wanted = [loss, ...Object.values(task_losses), grad_norm, parameters_with_grad];
    if (!(largestDifference(values, wanted) < LOSS_TOLERANCE)) differing.push({ step, values, wanted });
    markBlownUp(training, marks);
  }
  expect(differing).toEqual([]);
  return { final: training.optimizer.parameters, marks };
}

/** Compares final parameters with the recorded ones; what is not recorded did not move, in any bit. */
function expectParameters(
  { parameters: initial }: GoldenModel,
  { final, marks }: Awaited<ReturnType<typeof trainAsRecorded>>,
  recorded: GoldenModel['parameters'],
): void {
  const wrong: unknown[] = [];
  let marked = 0;
  for (const [path, { data }] of final) {
    const expected = recorded.get(path);
    if (expected === undefined) expect(data, `${path} is frozen`).toEqual(initial.get(path)?.data);
    if (expected === undefined || isKeyBias(path)) continue;
    marked += marks.get(path)?.size ?? 0;
    for (let index = 0; index < data.length; index++) {
      const difference = Math.abs((data[index] ?? NaN) - (expected.data[index] ?? NaN));
      const tolerance = marks.get(path)?.has(index) === true ? BLOWN_UP_TOLERANCE : PARAMETER_TOLERANCE;
      if (!(difference <= tolerance)) wrong.push({ path, index, difference });
    }
  }
  expect(wrong).toEqual([]);
  expect(marked).toBeLessThan(MOST_BLOWN_UP);
}

describe.skipIf(goldenAbsence)(`20 steps of AdamW as PyTorch took them ${goldenAbsence ?? ''}`, () => {
  const variants: Readonly<Record<string, FreezeStrategy>> = {
    adamw: trainAll(),
    'adamw-encoder-frozen': freezeEncoder(),
    'adamw-lowest-layer-frozen': freezeLayersBelow(1),
    'adamw-gradual-unfreezing': gradualUnfreezing({ when: { kind: 'step', at: [7, 14] } }),
    'adamw-accumulation-4': trainAll(),
  };
  const cases = (['bert', 'distilbert'] as const).flatMap((name) => {
    return Object.entries(variants).map(([variant, strategy]) => ({ name, variant, strategy }));
  });

  it.each(cases)(
    '$name, $variant: losses, norms and final parameters; frozen ones keep every bit',
    async ({ name, variant, strategy }) => {
      const model = await loadGoldenModel(name);
      const run = (await model.runs())[variant];
      if (run === undefined) throw new Error(`no run ${variant} is recorded`);
      const trained = await trainAsRecorded(model, run, strategy, adamw({ learningRate: scheduledRate }));
      expectParameters(model, trained, await model.recorded(`final-${variant}.safetensors`));
    },
  );
});

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
    const trained = await trainAsRecorded(model, { ...run, settings: {} }, trainAll(), optimizer);
    expectParameters(model, trained, await recorded(`${name}.safetensors`));
  });
});
