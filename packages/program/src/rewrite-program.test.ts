import { describe, expect, it } from 'vitest';
import { defineProgram, float32, type ProgramOutputs } from './define-program.ts';
import { add, div, mul, neg, stopGradient } from './ops/elementwise.ts';
import { matMul } from './ops/product.ts';
import { broadcastTo, reshape, transpose } from './ops/shape.ts';
import { printProgram } from './print-program.ts';
import { rewriteProgram } from './rewrite-program.ts';
import type { Value } from './value.ts';

const INPUTS = { x: float32('batch', 8), w: float32(3, 8), b: float32(3) };

function rewritten(build: (inputs: { x: Value; w: Value; b: Value }) => ProgramOutputs): string {
  return printProgram(rewriteProgram(defineProgram(INPUTS, build)));
}

describe('rewriteProgram', () => {
  it('drops neutral operands', () => {
    expect(rewritten(({ x }) => ({ y: add(mul(div(x, 1), 1), 0) }))).toBe(
      '%0 float32 (batch, 8) = input(x)\nreturn { y: %0 }',
    );
  });

  it('keeps a neutral operand that stretches the other', () => {
    const ones = rewritten(({ b }) => ({ y: broadcastTo(mul(b, 1), [2, 3]) }));
    expect(ones).toContain('broadcastTo');
  });

  it('drops stopGradient and pairs of negations, reshapes and transposes', () => {
    const text = rewritten(({ x }) => ({
      y: transpose(transpose(stopGradient(neg(neg(x))))),
      z: reshape(reshape(x, [-1]), [8, 'batch']),
    }));
    expect(text.split('\n')).toEqual([
      '%0 float32 (batch, 8) = input(x)',
      '%1 float32 (8, batch) = reshape(%0; shape: [8, batch])',
      'return { y: %0, z: %1 }',
    ]);
  });

  it('puts transpose, scale and bias into a product', () => {
    const scaled = rewritten(({ x, w }) => ({ y: div(mul(matMul(x, transpose(w)), 0.5), 2) }));
    expect(scaled).toContain('matMul(%0, %1; transposeA: false, transposeB: true, scale: 0.25)');
    const biased = rewritten(({ x, w, b }) => ({ y: add(matMul(x, transpose(w)), b) }));
    expect(biased).toContain('linear(%0, %1, %2)');
    expect(biased).not.toContain('add');
  });

  it('repeats no product that has another use', () => {
    const text = rewritten(({ x, w, b }) => {
      const product = matMul(x, w, { transposeB: true });
      return { product, scaled: mul(product, 2), biased: add(product, b) };
    });
    expect(text.match(/matMul|linear/g)).toEqual(['matMul']);
  });

  it('leaves stretching to operations that broadcast by themselves', () => {
    expect(rewritten(({ x }) => ({ y: mul(x, broadcastTo(neg(x), ['batch', 8])) }))).not.toContain('broadcastTo');
    const needed = rewritten(({ b }) => ({ y: mul(broadcastTo(b, [2, 3]), broadcastTo(b, [2, 3])) }));
    expect(needed).toContain('broadcastTo');
  });

  it('changes neither inputs nor the types of outputs', () => {
    const program = defineProgram(INPUTS, ({ x, w }) => ({ y: mul(matMul(x, transpose(w)), 2), x }));
    const after = rewriteProgram(program);
    expect(Object.keys(after.inputs)).toEqual(['x', 'w', 'b']);
    expect(after.outputs.y.shape).toEqual(['batch', 3]);
    expect(after.outputs.x).toBe(program.outputs.x);
  });

  it('says so when rules undo each other', () => {
    const program = defineProgram({ x: float32(2) }, ({ x }) => ({ y: neg(x) }));
    const flip = {
      flip: (node: { op: string; inputs: readonly Value[] }) =>
        node.op === 'neg'
          ? mul(node.inputs[0] ?? 0, -1)
          : node.op === 'mul'
            ? neg(node.inputs[0] ?? program.outputs.y)
            : undefined,
    };
    expect(() => rewriteProgram(program, flip)).toThrow('two of them undo each other');
  });
});
