import { elementCount } from '@sentence-mtl/program';
import { emitReshape } from '../graph/reshape.ts';
import { emitShape } from '../graph/sizes.ts';
import { nameAt, valueAt, type LoweringTable } from './lowering.ts';

export const rowLowerings: Pick<LoweringTable, 'gather' | 'scatterAdd'> = {
  gather: ({ graph }, names) => graph.operation('Gather', names, { axis: 0 }),

  /**
   * As a matrix of rows, with the index of its row at each element. Not ScatterND: ONNX Runtime's adds from several
   * threads without a lock and loses sums of repeated indices (onnxruntime#18048).
   */
  scatterAdd({ graph }, names, { inputs, outputs, attributes: { rows } }) {
    const [indices, updates] = [valueAt(inputs, 0), valueAt(inputs, 1)];
    const count = elementCount(indices.shape);
    const width = elementCount(updates.shape.slice(indices.shape.length));
    const flat = emitReshape(graph, nameAt(names, 1), updates.shape, [count, width]);
    const column = emitReshape(graph, nameAt(names, 0), indices.shape, [count, 1]);
    const everywhere = width === 1 ? column : graph.operation('Expand', [column, emitShape(graph, [1, width])]);
    const zeros = graph.operation('ConstantOfShape', [emitShape(graph, [rows, width])]);
    const added = graph.operation('ScatterElements', [zeros, everywhere, flat], { axis: 0, reduction: 'add' });
    return emitReshape(graph, added, [rows, width], valueAt(outputs, 0).shape);
  },
};
