import type { Shape } from '@sentence-mtl/program';
import { emitReshape } from '../graph/reshape.ts';
import { emitShape, emitSize } from '../graph/sizes.ts';
import { nameAt, valueAt, type LoweringTable } from './lowering.ts';

export const shapeLowerings: Pick<LoweringTable, 'reshape' | 'transpose' | 'broadcastTo' | 'concat' | 'slice' | 'pad'> =
  {
    reshape: ({ graph }, names, { inputs, attributes: { shape } }) =>
      emitReshape(graph, nameAt(names, 0), valueAt(inputs, 0).shape, shape),

    transpose: ({ graph }, names, { attributes: { permutation } }) =>
      graph.operation('Transpose', names, { perm: permutation }),

    broadcastTo({ graph }, names, { inputs, attributes: { shape } }) {
      // Expand stretches in both directions: an axis that stays as it is needs no size.
      const from = valueAt(inputs, 0).shape;
      const lead = shape.length - from.length;
      const stretched = shape.map((size, axis) => (axis >= lead && size === from[axis - lead] ? 1 : size));
      return graph.operation('Expand', [nameAt(names, 0), emitShape(graph, stretched)]);
    },

    concat: ({ graph }, names, { attributes: { axis } }) =>
      names.length === 1 ? nameAt(names, 0) : graph.operation('Concat', names, { axis }),

    slice: ({ graph }, names, { attributes: { axis, start, end } }) =>
      graph.operation('Slice', [nameAt(names, 0), emitSize(graph, start), emitSize(graph, end), graph.int64([axis])]),

    pad({ graph }, names, { inputs, attributes: { axis, before, after } }) {
      const none: Shape = valueAt(inputs, 0).shape.map(() => 0);
      const sizes = emitShape(graph, [...none.with(axis, before), ...none.with(axis, after)]);
      return graph.operation('Pad', [nameAt(names, 0), sizes]);
    },
  };
