import type { Engine } from '@sentence-mtl/program';
import { twoHeadCases } from '@sentence-mtl/two-head-model';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from './busy-machine.ts';
import type { Tolerance } from './closeness.ts';
import { outputFaults } from './output-faults.ts';

/** Errors of float32 add up over the layers; what is recorded with PyTorch has the same tolerance. */
const WHOLE_MODEL: Tolerance = { relative: 1e-4, absolute: 1e-7 };

/** The losses, logits, embeddings and every gradient of whole models. */
export async function describeTwoHeadModel(engine: Engine): Promise<void> {
  const cases = await twoHeadCases();
  describe(`whole models on ${engine.name} give the values and gradients of the float64 reference`, () => {
    for (const { name, program, feeds } of cases) {
      it(
        `${name} on ${engine.name}: ${Object.keys(program.outputs).length} outputs`,
        { timeout: BUSY_MACHINE },
        async () => {
          const executable = await engine.compile(program);
          const outputs = await executable.run(feeds);
          expect(outputFaults(program, feeds, outputs, WHOLE_MODEL)).toEqual([]);
          await executable.dispose();
        },
      );
    }
  });
}
