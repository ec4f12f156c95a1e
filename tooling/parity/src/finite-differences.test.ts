import { defineProgram, float32, mul, sigmoid } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { FLOAT64, firstDifference } from './closeness.ts';
import { finiteDifferences } from './finite-differences.ts';

const at = { x: { dtype: 'float32', shape: [3], data: [-1, 0.5, 2] } } as const;

describe('finiteDifferences', () => {
  it('gives slopes that are known, times the cotangent', () => {
    const cube = defineProgram({ x: float32(3) }, ({ x }) => ({ y: mul(mul(x, x), x) }));
    const slopes = finiteDifferences(cube, at, [1, 2, -1], 'x');
    expect(firstDifference(slopes, [3, 2 * 0.75, -12], FLOAT64)).toBeUndefined();
  });

  it('tells a gradient that is wrong in its fifth digit', () => {
    const program = defineProgram({ x: float32(3) }, ({ x }) => ({ y: sigmoid(x) }));
    const slopes = finiteDifferences(program, at, [1, 1, 1], 'x');
    const right = at.x.data.map((x) => 1 / (1 + Math.exp(-x))).map((y) => y * (1 - y));
    expect(firstDifference(slopes, right, FLOAT64)).toBeUndefined();
    expect(firstDifference(slopes, right.with(2, (right[2] ?? 0) * 1.00003), FLOAT64)).toMatch(/^element 2 is/);
  });
});
