import { float32Tensor } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { bindInputs } from './bind-inputs.ts';
import { defineProgram, float32 } from './define-program.ts';
import { linear } from './ops/product.ts';
import { printProgram } from './print-program.ts';

const program = defineProgram({ x: float32('batch', 2), w: float32(1, 2), b: float32(1) }, ({ x, w, b }) => ({
  y: linear(x, w, b),
}));

describe('bindInputs', () => {
  it('turns inputs into weights that keep their names', () => {
    const bound = bindInputs(
      program,
      new Map([
        ['w', float32Tensor([1, 2], [1, 2])],
        ['b', float32Tensor([3], [1])],
      ] as const),
    );
    expect(Object.keys(bound.inputs)).toEqual(['x']);
    expect(printProgram(bound)).toContain('constant(w)');
    expect(printProgram(program)).toContain('input(w)');
  });

  it('refuses a name that is no input and a tensor of another shape', () => {
    const stray = new Map([['v', float32Tensor([1], [1])]]) as ReadonlyMap<string, ReturnType<typeof float32Tensor>>;
    expect(() => bindInputs(program, stray as never)).toThrow('the program has no input "v" to bind');
    expect(() => bindInputs(program, new Map([['w', float32Tensor([1, 2], [2, 1])]] as const))).toThrow(
      'input "w" is float32 (1, 2); the tensor to bind is float32 (2, 1)',
    );
  });
});
