import { matMul } from '../ops/product.ts';
import { scatterAdd, gather } from '../ops/rows.ts';
import { reshape } from '../ops/shape.ts';
import { dimensionAt } from '../shape.ts';
import type { Value } from '../value.ts';
import { sumToShape } from './broadcast.ts';
import { operand } from './operands.ts';
import type { GradientTable } from './table.ts';

/** All axes but the last as one: (…, D) → (rows, D). */
const rowsOf = (x: Value): Value => reshape(x, [-1, dimensionAt(x.shape, -1)]);

export const productGradients: Pick<GradientTable, 'matMul' | 'linear' | 'gather' | 'scatterAdd'> = {
  matMul: (upstream, node) => {
    const [a, b] = [operand(node, 0), operand(node, 1)];
    const { transposeA, transposeB, scale } = node.attributes;
    const forA = transposeA
      ? matMul(b, upstream, { transposeA: transposeB, transposeB: true, scale })
      : matMul(upstream, b, { transposeB: !transposeB, scale });
    // A matrix shared by all rows: one product over the flattened rows, not a batch of products and a sum.
    if (b.shape.length === 2 && a.shape.length > 2 && !transposeA) {
      const forB = transposeB
        ? matMul(rowsOf(upstream), rowsOf(a), { transposeA: true, scale })
        : matMul(rowsOf(a), rowsOf(upstream), { transposeA: true, scale });
      return [forA, forB];
    }
    const forB = transposeB
      ? matMul(upstream, a, { transposeA: true, transposeB: transposeA, scale })
      : matMul(a, upstream, { transposeA: !transposeA, scale });
    return [sumToShape(forA, a.shape), sumToShape(forB, b.shape)];
  },

  linear: (upstream, node) => {
    const [x, weight, bias] = [operand(node, 0), operand(node, 1), operand(node, 2)];
    return [
      matMul(upstream, weight),
      matMul(rowsOf(upstream), rowsOf(x), { transposeA: true }),
      sumToShape(upstream, bias.shape),
    ];
  },

  gather: (upstream, node) => {
    const [table, indices] = [operand(node, 0), operand(node, 1)];
    if (table.dtype !== 'float32') return [undefined, undefined];
    return [scatterAdd(indices, upstream, dimensionAt(table.shape, 0)), undefined];
  },

  scatterAdd: (upstream, node) => [undefined, gather(upstream, operand(node, 0))],
};
