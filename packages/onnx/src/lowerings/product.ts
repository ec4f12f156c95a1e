import { dimensionAt, elementCount, type Value } from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { emitReshape } from '../graph/reshape.ts';
import { CONTRIBUTED } from '../graph/target.ts';
import { nameAt, valueAt, type LoweringTable } from './lowering.ts';

/** The last two axes exchanged. */
function emitTransposed(graph: GraphBuilder, name: string, { shape }: Value): string {
  const axes = shape.map((_, axis) => axis);
  return graph.operation('Transpose', [name], { perm: [...axes.slice(0, -2), axes.length - 1, axes.length - 2] });
}

export const productLowerings: Pick<LoweringTable, 'matMul' | 'linear'> = {
  matMul({ graph }, names, { inputs, attributes: { transposeA, transposeB, scale } }) {
    const [a, b] = [valueAt(inputs, 0), valueAt(inputs, 1)];
    const fused = { transA: Number(transposeA), transB: Number(transposeB), alpha: { float: scale } };
    if (a.shape.length === 2 && b.shape.length === 2) return graph.operation('Gemm', names, fused);
    if (!transposeA && !transposeB && scale === 1) return graph.operation('MatMul', names);
    if (graph.target === 'runtime') return graph.operation('FusedMatMul', names, fused, CONTRIBUTED);
    const left = transposeA ? emitTransposed(graph, nameAt(names, 0), a) : nameAt(names, 0);
    const right = transposeB ? emitTransposed(graph, nameAt(names, 1), b) : nameAt(names, 1);
    const product = graph.operation('MatMul', [left, right]);
    return scale === 1 ? product : graph.operation('Mul', [product, graph.float(scale)]);
  },

  /** Gemm takes matrices: the leading axes are one axis while it runs. */
  linear({ graph }, names, { inputs, outputs }) {
    const [x, y] = [valueAt(inputs, 0).shape, valueAt(outputs, 0).shape];
    const rows = elementCount(x.slice(0, -1));
    const flat = emitReshape(graph, nameAt(names, 0), x, [rows, dimensionAt(x, -1)]);
    const product = graph.operation('Gemm', [flat, nameAt(names, 1), nameAt(names, 2)], { transB: 1 });
    return emitReshape(graph, product, [rows, dimensionAt(y, -1)], y);
  },
};
