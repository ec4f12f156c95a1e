import { describe, expect, it } from 'vitest';
import { gradient } from './gradient.ts';
import { argMax } from './ops/reduction.ts';
import { cast, mul, stopGradient } from './ops/elementwise.ts';
import { input } from './ops/leaf.ts';
import { layerNorm } from './ops/normalization.ts';
import { linear } from './ops/product.ts';
import { mean, sum } from './ops/reduction.ts';
import { gather } from './ops/rows.ts';
import { printProgram } from './print-program.ts';
import { schedule } from './schedule.ts';
import type { Value } from './value.ts';

// The numbers are checked in the parity suite, against finite differences and other engines; here the structure is.

const x = input('x', 'float32', ['batch', 8]);
const lower = input('lower', 'float32', [8, 8]);
const upper = input('upper', 'float32', [3, 8]);
const [lowerBias, upperBias] = [input('lowerBias', 'float32', [8]), input('upperBias', 'float32', [3])];

function twoLayers(): { hidden: Value; loss: Value } {
  const hidden = linear(x, lower, lowerBias);
  return { hidden, loss: mean(linear(hidden, upper, upperBias)) };
}

const products = (values: readonly Value[]): number => schedule(values).filter(({ op }) => op === 'matMul').length;

describe('gradient', () => {
  it('has the shape of what it is taken with respect to', () => {
    const { hidden, loss } = twoLayers();
    const shapes = gradient(loss, [hidden, lower, upperBias]).map(({ shape }) => shape);
    expect(shapes).toEqual([['batch', 8], [8, 8], [3]]);
  });

  it('spends nothing on frozen layers', () => {
    const { loss } = twoLayers();
    expect(products(gradient(loss, [upper, upperBias]))).toBe(1);
    expect(products(gradient(loss, [lower, upper]))).toBe(3);
  });

  it('of a value the loss does not depend on is zeros', () => {
    const { loss } = twoLayers();
    const other = input('other', 'float32', ['batch', 2]);
    const [zeros] = gradient(loss, [other]);
    expect(zeros?.shape).toEqual(['batch', 2]);
    expect(zeros?.node.op).toBe('broadcastTo');
  });

  it('stops at stopGradient', () => {
    const [zeros] = gradient(sum(stopGradient(x)), [x]);
    expect(zeros?.node.op).toBe('broadcastTo');
  });

  it('with respect to an intermediate needs nothing below it', () => {
    const table = input('table', 'float32', [100, 8]);
    const rows = gather(table, input('ids', 'int32', ['batch']));
    const [slope] = gradient(sum(mul(rows, x)), [rows]);
    expect(schedule(slope === undefined ? [] : [slope]).map(({ op }) => op)).not.toContain('gather');
  });

  it('is taken of a float scalar only', () => {
    expect(() => gradient(x, [x])).toThrow('not of float32 (batch, 8); reduce it by sum or mean');
    expect(() => gradient(sum(input('ids', 'int32', ['batch'])), [x])).toThrow('not of int32 ()');
  });

  it('refuses a loss that depends on a residual', () => {
    const gamma = input('gamma', 'float32', [8]);
    const [, rowMean = x] = layerNorm(x, gamma, gamma, 1e-5).node.outputs;
    expect(() => gradient(sum(rowMean), [x])).toThrow(
      'the loss depends on residual 1 of layerNorm, which has no gradient',
    );
  });

  it('passes no gradient through integers', () => {
    const loss = sum(mul(cast(argMax(x, 1), 'float32'), sum(x, 1)));
    const text = printProgram({ inputs: { x }, outputs: { slope: gradient(loss, [x])[0] ?? x } });
    expect(text).toContain('argMax');
  });
});
