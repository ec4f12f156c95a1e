import { describe, expect, it } from 'vitest';
import { mul } from './ops/elementwise.ts';
import { input } from './ops/leaf.ts';
import type { Node, Value } from './value.ts';
import { verifyProgram } from './verify-program.ts';

const x = input('x', 'float32', ['batch', 8]);

/** mul(x, 2) with another claim about its result. */
function claiming(claim: Partial<Value>): Value {
  const outputs: Value[] = [];
  const node = { ...mul(x, 2).node, outputs } as Node;
  const value = { dtype: 'float32', shape: ['batch', 8], index: 0, node, ...claim } as const;
  outputs.push(value);
  return value;
}

describe('verifyProgram', () => {
  it('accepts what the builders make', () => {
    expect(() => verifyProgram({ inputs: { x }, outputs: { y: claiming({}) } })).not.toThrow();
  });

  for (const [what, claim] of Object.entries({
    shape: { shape: ['batch', 9] },
    dtype: { dtype: 'int32' },
    index: { index: 1 },
  } satisfies Record<string, Partial<Value>>)) {
    it(`refuses a result whose ${what} is not what the type rule gives`, () => {
      expect(() => verifyProgram({ inputs: { x }, outputs: { y: claiming(claim) } })).toThrow(
        'result 0 of mul is not the float32 (batch, 8) its type rule gives',
      );
    });
  }
});
