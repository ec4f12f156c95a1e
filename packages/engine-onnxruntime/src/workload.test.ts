import { defineProgram, float32, linear, mul } from '@sentence-mtl/program';
import { expect, it } from 'vitest';
import { isWorthSharing } from './workload.ts';

it('shares the products of a layer among threads, and not the few operations of a head', () => {
  const layer = defineProgram(
    { x: float32('rows', 768), weight: float32(3072, 768), bias: float32(3072) },
    ({ x, weight, bias }) => ({ y: linear(x, weight, bias) }),
  );
  const head = defineProgram({ x: float32('batch', 8) }, ({ x }) => ({ y: mul(x, 2) }));
  expect(isWorthSharing(layer)).toBe(true);
  expect(isWorthSharing(head)).toBe(false);
});
