import { expect, it } from 'vitest';
import { defineProgram, float32 } from './define-program.ts';
import { bindDimension } from './dimension.ts';
import { gelu } from './ops/elementwise.ts';
import { linear } from './ops/product.ts';
import { sum } from './ops/reduction.ts';
import { gradient } from './gradient.ts';
import { programStatistics } from './statistics.ts';

const INPUTS = { x: float32('batch', 'sequence', 8), weight: float32(16, 8), bias: float32(16) };

it('programStatistics counts nodes, parameters, operations and bytes as polynomials', () => {
  const program = defineProgram(INPUTS, ({ x, weight, bias }) => ({ y: gelu(linear(x, weight, bias)) }));
  const statistics = programStatistics(program);
  expect(statistics.nodes).toBe(5);
  expect(statistics.nodesByOperation).toEqual({ input: 3, linear: 1, gelu: 1 });
  expect(statistics.parameters).toBe(16 * 8 + 16);
  // A product of (B·T, 8) and (8, 16) with its bias, and 5 operations an element of GELU.
  expect(statistics.productOperations).toBe(`${2 * 8 * 16 + 16}*batch*sequence`);
  expect(statistics.operations).toBe(`${2 * 8 * 16 + 16 + 5 * 16}*batch*sequence`);
  const bytes = 4 * (12 * 8 + 16 * 8 + 16 + 12 * 16) + 4 * (12 * 16 + 12 * 16);
  expect(bindDimension(statistics.bytes, { batch: 3, sequence: 4 })).toBe(bytes);
});

it('a whole training step costs about three times its forward pass in products', () => {
  const forward = programStatistics(defineProgram(INPUTS, ({ x, weight, bias }) => ({ y: linear(x, weight, bias) })));
  const step = programStatistics(
    defineProgram(INPUTS, ({ x, weight, bias }) => {
      const loss = sum(linear(x, weight, bias));
      const [forX, forWeight] = gradient(loss, [x, weight]);
      return forX === undefined || forWeight === undefined ? { loss } : { loss, forX, forWeight };
    }),
  );
  const sizes = { batch: 32, sequence: 32 };
  const ratio = bindDimension(step.productOperations, sizes) / bindDimension(forward.productOperations, sizes);
  expect(ratio).toBeGreaterThan(2.8);
  expect(ratio).toBeLessThan(3.01);
});
