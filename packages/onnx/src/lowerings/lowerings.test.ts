import type { HostTensor } from '@sentence-mtl/core';
import { defineProgram, type Program } from '@sentence-mtl/program';
import { describe, expect, test } from 'vitest';
import type { OnnxTarget } from '../graph/target.ts';
import { operationCases, type OperationCase } from '../operation-cases.test.support.ts';
import { runModel } from '../run-model.test.support.ts';
import { toOnnx } from '../to-onnx.ts';

function programOf({ operands, declared, build }: OperationCase): Program {
  const inputs = operands.map(({ dtype, shape }, at) => [`x${at}`, { dtype, shape: declared?.[at] ?? shape }] as const);
  return defineProgram(Object.fromEntries(inputs), (values) => ({ y: build(...Object.values(values)) }));
}

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

describe.each(['runtime', 'portable'] as const)('%s', (target) => {
  const operations = Object.entries(operationCases).filter(([name]) => target === 'runtime' || name !== 'dropoutMask');
  describe.each(operations)('%s', (_name, cases) => {
    test.each(cases)('$title', (operation) => check(operation, target));
  });
});
