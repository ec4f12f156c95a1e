import { addDimensions, subtractDimensions, type Dimension } from '../dimension.ts';
import { pad, reshape, slice, transpose } from '../ops/shape.ts';
import { dimensionAt } from '../shape.ts';
import { sumToShape } from './broadcast.ts';
import { operand } from './operands.ts';
import type { GradientTable } from './table.ts';

export const shapeGradients: Pick<GradientTable, 'reshape' | 'transpose' | 'broadcastTo' | 'concat' | 'slice' | 'pad'> =
  {
    reshape: (upstream, node) => [reshape(upstream, operand(node, 0).shape)],

    transpose: (upstream, { attributes: { permutation } }) => [
      transpose(
        upstream,
        permutation.map((_, axis) => permutation.indexOf(axis)),
      ),
    ],

    broadcastTo: (upstream, node) => [sumToShape(upstream, operand(node, 0).shape)],

    concat(upstream, { inputs, attributes: { axis } }) {
      let start: Dimension = 0;
      return inputs.map((x) => {
        const from = start;
        start = addDimensions(from, dimensionAt(x.shape, axis));
        return slice(upstream, axis, from, start);
      });
    },

    slice(upstream, node) {
      const { axis, start, end } = node.attributes;
      const after = subtractDimensions(dimensionAt(operand(node, 0).shape, axis), end);
      return [pad(upstream, axis, start, after)];
    },

    pad(upstream, node) {
      const { axis, before } = node.attributes;
      const end = addDimensions(before, dimensionAt(operand(node, 0).shape, axis));
      return [slice(upstream, axis, before, end)];
    },
  };
