import type { HostTensor } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import type { OnnxTarget } from '../graph/target.ts';
import { operationCases, programOf, type OperationCase } from '../operation-cases.test.ts';
import { runModel } from '../run-model.test.ts';
import { checkModels, python } from '../onnx-checker.test.ts';
import { toOnnx } from '../to-onnx.ts';

function largestError(actual: HostTensor, expected: HostTensor): number {
  const errors = Array.from(expected.data, (element, at) => {
    const difference = Math.abs((actual.data[at] ?? NaN) - element) / Math.max(1, Math.abs(element));
    return Object.is(actual.data[at], element) ? 0 : difference;
  });
  return Math.max(0, ...errors);
}

async function check(operation: OperationCase, target: OnnxTarget): Promise<void> {
  const { bytes } = toOnnx(programOf(operation), { target });
  const feeds = Object.fromEntries(operation.operands.map((operand, at) => [`x${at}`, operand]));
  const { y } = await runModel(bytes, feeds);
  expect(y?.dtype).toBe(operation.expected.dtype);
  expect(y?.shape).toEqual(operation.expected.shape);
  if (y !== undefined && operation.tolerance !== undefined) {
    expect(largestError(y, operation.expected)).toBeLessThanOrEqual(operation.tolerance);
  } else expect(y?.data).toEqual(operation.expected.data);
}

describe.each(['runtime', 'portable', 'portable-20'] as const)('%s', (target) => {
  const operations = Object.entries(operationCases).filter(([name]) => target === 'runtime' || name !== 'dropoutMask');
  describe.each(operations)('%s', (_name, cases) => {
    test.each(cases)('$title', (operation) => check(operation, target));
  });
});

test.skipIf(python === undefined)('the models of all operations are valid for onnx.checker', () => {
  const models: Record<string, Uint8Array> = {};
  for (const [name, cases] of Object.entries(operationCases)) {
    for (const [at, operation] of cases.entries()) {
      const targets: readonly OnnxTarget[] =
        name === 'dropoutMask' ? ['runtime'] : ['runtime', 'portable', 'portable-20'];
      for (const target of targets) {
        models[`${name}-${at}-${target}`] = toOnnx(programOf(operation), { target }).bytes;
      }
    }
  }
  expect(Object.keys(models).length).toBeGreaterThan(300);
  expect(checkModels(python ?? '', models)).toEqual([]);
});
