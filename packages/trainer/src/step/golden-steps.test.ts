// The step of the trainer beside 20 steps of PyTorch: its program, optimizer, rates and freezing.
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { tfjsEngine } from '@sentence-mtl/engine-tfjs';
import {
  freezeEncoder,
  freezeLayersBelow,
  gradualUnfreezing,
  trainAll,
  type FreezeStrategy,
} from '@sentence-mtl/freeze-strategies';
import {
  goldenAbsence,
  loadGoldenModel,
  parameterFaults,
  type GoldenModel,
  type GoldenRun,
} from '@sentence-mtl/two-head-model';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { replayRun } from './golden-steps.test.support.ts';

const STEPS = 20;

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 240_000 });
const onnxruntime = await onnxruntimeEngine({ threads: 1 });
await tf.setBackend('cpu');
const tfjs = await tfjsEngine(tf);
afterAll(() => onnxruntime.dispose());

const VARIANTS: Readonly<Record<string, FreezeStrategy>> = {
  adamw: trainAll(),
  'adamw-encoder-frozen': freezeEncoder(),
  'adamw-lowest-layer-frozen': freezeLayersBelow(1),
  'adamw-gradual-unfreezing': gradualUnfreezing({ when: { kind: 'step', at: [7, 14] } }),
  'adamw-accumulation-4': trainAll(),
};

async function recordedRun(name: 'bert' | 'distilbert', variant: string): Promise<readonly [GoldenModel, GoldenRun]> {
  const golden = await loadGoldenModel(name);
  const run = (await golden.runs())[variant];
  if (run === undefined) throw new Error(`no run ${variant} is recorded`);
  return [golden, run];
}

describe.skipIf(goldenAbsence)(`steps of the trainer as PyTorch took them ${goldenAbsence ?? ''}`, () => {
  const cases = (['bert', 'distilbert'] as const).flatMap((name) => {
    return Object.entries(VARIANTS).map(([variant, strategy]) => ({ name, variant, strategy }));
  });

  it.each(cases)(
    '$name, $variant: losses, norms, rates and final parameters; frozen ones keep every bit',
    async ({ name, variant, strategy }) => {
      const [golden, run] = await recordedRun(name, variant);
      expect(run.steps).toHaveLength(STEPS);
      const { differing, initial, final, marks } = await replayRun(onnxruntime, golden, run, strategy, STEPS);
      expect(differing).toEqual([]);
      const recorded = await golden.recorded(`final-${variant}.safetensors`);
      expect(parameterFaults(initial, final, recorded, marks)).toEqual([]);
    },
  );

  it('the losses, norms and rates of the first steps on TensorFlow.js too', async () => {
    const [golden, run] = await recordedRun('bert', 'adamw');
    expect((await replayRun(tfjs, golden, run, trainAll(), 4)).differing).toEqual([]);
  });
});
