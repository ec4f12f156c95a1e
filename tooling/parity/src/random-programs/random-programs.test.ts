import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { fromHostTensor, interpret, type ReferenceTensor } from '@sentence-mtl/reference-engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from '../busy-machine.ts';
import { caseProgram, gradientName } from '../case-program.ts';
import { firstDifference } from '../closeness.ts';
import { finiteDifferences } from '../finite-differences.ts';
import { outputFaults } from '../output-faults.ts';
import { randomProgram, STEP_COUNT } from './random-program.ts';

const choice = fc.record({ operation: fc.nat(STEP_COUNT - 1), first: fc.nat(5), second: fc.nat(5) });
const programs = fc.array(choice, { minLength: 1, maxLength: 10 }).map(randomProgram);
const RUNS = { numRuns: 25, seed: 7 };
const sizes = { batch: 2, sequence: 3 };
/** Ten operations in a row lose more digits than one. */
const CHAIN = { relative: 1e-4, absolute: 1e-6 };

describe('random programs', () => {
  it('have the gradients that finite differences give', { timeout: BUSY_MACHINE }, () => {
    fc.assert(
      fc.property(programs, (testCase) => {
        const { forward, program, differentiated, feeds } = caseProgram(testCase);
        const { cotangent, ...given } = Object.fromEntries(
          Object.entries(feeds(sizes)).map(([name, tensor]) => [name, fromHostTensor(tensor)]),
        ) as Readonly<Record<string, ReferenceTensor>>;
        const outputs = interpret(program)({ ...given, ...(cotangent === undefined ? {} : { cotangent }) });
        for (const input of differentiated) {
          const expected = finiteDifferences(forward, given, cotangent?.data ?? [], input);
          const fault = firstDifference(outputs[gradientName(input)]?.data ?? [], expected, {
            relative: 1e-6,
            absolute: 1e-7,
          });
          expect(fault, `gradient of ${input}`).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  it(
    'give the same on onnxruntime as on the float64 reference, at several sizes of one executable',
    { timeout: BUSY_MACHINE },
    async () => {
      const engine = await onnxruntimeEngine({ threads: 1 });
      await fc.assert(
        fc.asyncProperty(programs, async (testCase) => {
          const { program, feeds } = caseProgram(testCase);
          const executable = await engine.compile(program);
          for (const bindings of testCase.sizes) {
            const given = feeds(bindings);
            expect(outputFaults(program, given, await executable.run(given), CHAIN), JSON.stringify(bindings)).toEqual(
              [],
            );
          }
          await executable.dispose();
        }),
        RUNS,
      );
      await engine.dispose();
    },
  );
});
