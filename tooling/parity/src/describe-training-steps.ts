import type { Engine } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from './busy-machine.ts';
import type { Tolerance } from './closeness.ts';
import { outputFaults } from './output-faults.ts';
import { trainingSteps } from './training-steps.ts';

/** Errors of float32 add up over the layers; what is recorded with PyTorch has the same tolerance. */
const WHOLE_MODEL: Tolerance = { relative: 1e-4, absolute: 1e-7 };

/** Those of nano-bert with two heads. */
const PARAMETERS = 25;

/** The losses and every gradient of a step of the trainer, of a whole model. */
export async function describeTrainingSteps(engine: Engine): Promise<void> {
  const cases = await trainingSteps();
  describe(`training steps on ${engine.name} give the losses and gradients of the float64 reference`, () => {
    for (const { name, runs } of cases) {
      const outputs = runs.flatMap(({ program }) => Object.keys(program.outputs));
      it(`${name} on ${engine.name}: ${outputs.length} outputs`, { timeout: BUSY_MACHINE }, async () => {
        expect(outputs.filter((output) => output.startsWith('gradient.'))).toHaveLength(PARAMETERS);
        for (const { program, feeds } of runs) {
          const executable = await engine.compile(program);
          expect(outputFaults(program, feeds, await executable.run(feeds), WHOLE_MODEL)).toEqual([]);
          await executable.dispose();
        }
      });
    }
  });
}
