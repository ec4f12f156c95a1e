import type { Engine, OperationName } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from './busy-machine.ts';
import { caseProgram } from './case-program.ts';
import { operationCases } from './cases/operation-cases.ts';
import { FLOAT32 } from './closeness.ts';
import type { OperationCase } from './operation-case.ts';
import { outputFaults } from './output-faults.ts';

/** Runs a case at all its sizes on one executable. */
async function caseFaults(engine: Engine, testCase: OperationCase): Promise<string[]> {
  const { program, feeds } = caseProgram(testCase);
  const executable = await engine.compile(program);
  const faults: string[] = [];
  for (const bindings of testCase.sizes) {
    const given = feeds(bindings);
    const outputs = await executable.run(given);
    const where = `${testCase.name}, ${JSON.stringify(bindings)}`;
    faults.push(...outputFaults(program, given, outputs, FLOAT32).map((fault) => `${where}: ${fault}`));
  }
  await executable.dispose();
  return faults;
}

/** The part of the parity suite that every engine runs: one test for each operation, named after both. */
export function describeOperations(engine: Engine): void {
  describe(`every operation on ${engine.name} gives the values and gradients of the float64 reference`, () => {
    for (const op of Object.keys(operationCases) as OperationName[]) {
      const cases = operationCases[op];
      it(`${op} on ${engine.name}: ${cases.length} cases`, { timeout: BUSY_MACHINE }, async () => {
        const faults: string[] = [];
        for (const testCase of cases) faults.push(...(await caseFaults(engine, testCase)));
        expect(faults).toEqual([]);
      });
    }
  });
}
