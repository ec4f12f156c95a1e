import type { OperationName } from '@sentence-mtl/program';
import { fromHostTensor, interpret, type ReferenceTensor } from '@sentence-mtl/reference-engine';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from './busy-machine.ts';
import { caseProgram, gradientName } from './case-program.ts';
import { operationCases } from './cases/operation-cases.ts';
import { FLOAT64, firstDifference } from './closeness.ts';
import { finiteDifferences } from './finite-differences.ts';
import type { OperationCase } from './operation-case.ts';

/** What is wrong with the gradients of a case, a line each. */
function gradientFaults(testCase: OperationCase): string[] {
  const { forward, program, differentiated, feeds } = caseProgram(testCase);
  return testCase.sizes.flatMap((bindings) => {
    const { cotangent, ...given } = Object.fromEntries(
      Object.entries(feeds(bindings)).map(([name, tensor]) => [name, fromHostTensor(tensor)]),
    ) as Readonly<Record<string, ReferenceTensor>>;
    if (cotangent === undefined) return [];
    const outputs = interpret(program)({ ...given, cotangent });
    return differentiated.flatMap((input) => {
      const expected = testCase.known?.gradients[input] ?? finiteDifferences(forward, given, cotangent.data, input);
      const fault = firstDifference(outputs[gradientName(input)]?.data ?? [], expected, FLOAT64);
      return fault === undefined
        ? []
        : [`${testCase.name}, ${JSON.stringify(bindings)}, gradient of ${input}: ${fault}`];
    });
  });
}

describe('the gradient of every operation is what finite differences give in float64', () => {
  for (const op of Object.keys(operationCases) as OperationName[]) {
    const cases = operationCases[op];
    it(`${op}: ${cases.length} cases`, { timeout: BUSY_MACHINE }, () => {
      expect(cases.length).toBeGreaterThan(0);
      expect(cases.flatMap(gradientFaults)).toEqual([]);
    });
  }
});
