import type { HostTensor } from '@sentence-mtl/core';
import type { Engine, Executable } from '@sentence-mtl/program';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isKeyBias } from './golden-comparison.ts';
import { goldenAbsence, loadGoldenModel, type GoldenModel, type GoldenName } from './golden-model.ts';
import { gradientsByPath } from './gradients-by-path.ts';
import { largestDifference, relativeDifference } from './largest-difference.ts';
import { batchFeeds } from './two-head-feeds.ts';
import { twoHeadProgram } from './two-head-program.ts';

const LOSS_TOLERANCE = 1e-6;
const GRADIENT_TOLERANCE = 1e-4;
const BATCHES_WITH_GRADIENTS = [0, 1, 3];

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

function compareWithPyTorch(engine: Engine, name: GoldenName): void {
  let model: GoldenModel;
  let executable: Executable;

  beforeAll(async () => {
    model = await loadGoldenModel(name);
    executable = await engine.compile(twoHeadProgram(model.config, { trains: () => true }));
  });

  async function outputsOf(index: number): Promise<Readonly<Record<string, HostTensor>>> {
    const batch = model.batches[index];
    if (batch === undefined) throw new Error(`no batch ${index} is recorded`);
    const weights = Object.values(model.lossWeights);
    return executable.run({ ...batchFeeds(batch, weights), ...Object.fromEntries(model.parameters) });
  }

  it.each([0, 1, 2, 3, 4])('batch %i gives the recorded losses, logits and embeddings', async (index) => {
    const expected = model.steps[index];
    const outputs = await outputsOf(index);
    const distance = (output: string, values: readonly number[]): number =>
      largestDifference(Array.from(outputs[output]?.data ?? []), values);
    expect(distance('loss', [expected?.loss ?? NaN])).toBeLessThan(LOSS_TOLERANCE);
    expect(distance('embedding', expected?.embedding.flat() ?? [])).toBeLessThan(LOSS_TOLERANCE);
    for (const task of Object.keys(model.config.tasks)) {
      expect(distance(`loss.${task}`, [expected?.task_losses[task] ?? NaN])).toBeLessThan(LOSS_TOLERANCE);
      expect(distance(`logits.${task}`, expected?.logits[task]?.flat() ?? [])).toBeLessThan(LOSS_TOLERANCE);
    }
  });

  it.each(BATCHES_WITH_GRADIENTS)('batch %i gives the recorded gradient of every parameter', async (index) => {
    const recorded = await model.recorded(`grads-batch${index}.safetensors`);
    expect([...recorded.keys()]).toEqual([...model.parameters.keys()]);
    const inputIds = model.batches[index]?.inputIds;
    if (inputIds === undefined) throw new Error(`no batch ${index} is recorded`);
    const gradients = gradientsByPath(model.config, inputIds, await outputsOf(index));
    const differing = [...recorded]
      .filter(([path]) => !isKeyBias(path))
      .map(([path, { data }]) => ({ path, difference: relativeDifference(gradients.get(path)?.data ?? [], data) }))
      .filter(({ difference }) => !(difference <= GRADIENT_TOLERANCE));
    expect(differing).toEqual([]);
  });

  it('a task without a label in the batch has loss 0 and gradients of exact zeros', async () => {
    const outputs = await outputsOf(3);
    expect(model.batches[3]?.labels['b']?.data.every((label) => label < 0)).toBe(true);
    expect(outputs['loss.b']?.data[0]).toBe(0);
    expect(outputs['gradient.heads.b.output.weight']?.data.every((slope) => slope === 0)).toBe(true);
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
