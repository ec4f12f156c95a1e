import type { HostTensor } from '@sentence-mtl/core';
import type { OperationName } from '@sentence-mtl/program';
import { fromHostTensor, interpret } from '@sentence-mtl/reference-engine';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { describe, expect, it } from 'vitest';
import { BUSY_MACHINE } from '../busy-machine.ts';
import { caseProgram, gradientName } from '../case-program.ts';
import { operationCases } from '../cases/operation-cases.ts';
import { FLOAT32, firstDifference } from '../closeness.ts';
import type { OperationCase } from '../operation-case.ts';
import { tfjsFaults, type TfjsFault } from './tfjs-faults.ts';
import { tfjsGradients } from './tfjs-gradients.ts';

await tf.setBackend('cpu');

/** How tfjs's gradients of a case differ from the float64 reference: nothing, a first difference, or its error. */
function difference(testCase: OperationCase): string | undefined {
  const { forward, program, differentiated, feeds } = caseProgram(testCase);
  for (const bindings of testCase.sizes) {
    const given: Readonly<Record<string, HostTensor>> = feeds(bindings);
    const { cotangent, ...inputs } = given;
    if (cotangent === undefined) return undefined;
    const exact = interpret(program)(
      Object.fromEntries(Object.entries(given).map(([name, x]) => [name, fromHostTensor(x)])),
    );
    try {
      const gradients = tfjsGradients(forward, inputs, cotangent, differentiated);
      for (const [i, input] of differentiated.entries()) {
        const fault = firstDifference(gradients[i] ?? [], exact[gradientName(input)]?.data ?? [], FLOAT32);
        if (fault !== undefined) return `${JSON.stringify(bindings)}, gradient of ${input}: ${fault}`;
      }
    } catch (error) {
      return `tfjs fails: ${String(error)}`;
    }
  }
  return undefined;
}

const OPERATIONS = Object.keys(operationCases) as OperationName[];

const faultOf = (op: OperationName, { name }: OperationCase): TfjsFault | undefined =>
  tfjsFaults[op]?.find(({ cases }) => cases.test(name));

const isDifferentiated = (testCase: OperationCase): boolean => caseProgram(testCase).differentiated.length > 0;

describe("tfjs's own gradients, a second opinion on ours", () => {
  for (const op of OPERATIONS) {
    const differentiated = operationCases[op].filter(isDifferentiated);
    const agreed = differentiated.filter((testCase) => faultOf(op, testCase) === undefined);
    if (agreed.length > 0) {
      it(`${op}: tfjs gives the same in ${agreed.length} cases`, { timeout: BUSY_MACHINE }, () => {
        const faults = agreed.map((testCase) => ({ name: testCase.name, fault: difference(testCase) }));
        expect(faults.filter(({ fault }) => fault !== undefined)).toEqual([]);
      });
    }
    for (const testCase of differentiated.filter((each) => !agreed.includes(each))) {
      it(`${op}, ${testCase.name}: tfjs is no oracle: ${faultOf(op, testCase)?.because}`, () => {
        expect(difference(testCase), 'tfjs is right now: strike it from the list').toBeDefined();
      });
    }
  }

  it('has no fault on its list that fits no case', () => {
    const strays = OPERATIONS.flatMap((op) =>
      (tfjsFaults[op] ?? []).filter(({ cases }) => !operationCases[op].some(({ name }) => cases.test(name))),
    );
    expect(strays).toEqual([]);
  });
});
