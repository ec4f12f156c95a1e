import { emitScalarSize } from '../graph/sizes.ts';
import type { LoweringTable } from './lowering.ts';

export const leafLowerings: Pick<LoweringTable, 'constant' | 'dimensionSize' | 'range'> = {
  constant({ graph }, _names, { attributes: { tensor, name } }) {
    return graph.tensor(tensor.dtype, tensor.shape, tensor.data, name);
  },

  dimensionSize: ({ graph }, _names, { attributes: { dimension } }) => emitScalarSize(graph, dimension, 'float32'),

  range: ({ graph }, _names, { attributes: { end } }) =>
    graph.operation('Range', [graph.int32(0), emitScalarSize(graph, end, 'int32'), graph.int32(1)]),
};
