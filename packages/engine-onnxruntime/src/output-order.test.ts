import { defineProgram, exp, float32, gradient, mul, sum } from '@sentence-mtl/program';
import { expect, it } from 'vitest';
import { outputOrder } from './output-order.ts';

it('puts the outputs that are done last first, whatever the order of the program', () => {
  const program = defineProgram({ x: float32(3), w: float32(3) }, ({ x, w }) => {
    const hidden = exp(mul(x, w));
    const loss = sum(mul(hidden, hidden));
    const [ofHidden, ofWeight] = gradient(loss, [hidden, w]);
    return { x, ofHidden: ofHidden ?? loss, hidden, ofWeight: ofWeight ?? loss };
  });
  expect(outputOrder(program)).toEqual(['ofWeight', 'ofHidden', 'hidden', 'x']);
});
