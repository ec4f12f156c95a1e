import type { GradientTable } from './table.ts';

const LEAF = { none: 'it has no operands' };

export const leafGradients: Pick<GradientTable, 'input' | 'constant' | 'dimensionSize' | 'range' | 'dropoutMask'> = {
  input: LEAF,
  constant: LEAF,
  dimensionSize: LEAF,
  range: LEAF,
  dropoutMask: { none: 'a mask is not a function of any value; dropout multiplies by it' },
};
