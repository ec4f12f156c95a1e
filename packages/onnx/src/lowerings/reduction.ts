import type { NodeOf, OperationName } from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import { nameAt, valueAt, type Lowering, type LoweringTable } from './lowering.ts';

type ReductionName = 'sum' | 'mean' | 'max' | 'min' | 'logSumExp';

const LARGEST_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/**
 * Axes became an input of ReduceSum with opset 13 and of the other reductions with 18. To reduce over no axis is to
 * do nothing, while ONNX would take it as over all.
 */
function emitReduction(
  graph: GraphBuilder,
  operator: string,
  x: string,
  axes: readonly number[],
  keep: boolean,
): string {
  if (axes.length === 0) return x;
  const keepdims = Number(keep);
  const asInput = graph.opset >= (operator === 'ReduceSum' ? 13 : 18);
  return asInput
    ? graph.operation(operator, [x, graph.int64(axes)], { keepdims })
    : graph.operation(operator, [x], { axes, keepdims });
}

const reduction =
  <K extends ReductionName & OperationName>(operator: string): Lowering<K> =>
  ({ graph }, names, { attributes: { axes, keepDimensions } }: NodeOf<K>) =>
    emitReduction(graph, operator, nameAt(names, 0), axes, keepDimensions);

/**
 * m + log Σ e^(x − m), where m is the maximum, made finite so that a row of −∞ gives −∞ and not NaN. The operator
 * ReduceLogSumExp does this in ONNX Runtime, but need not elsewhere.
 */
function emitLogSumExp(graph: GraphBuilder, x: string, axes: readonly number[], keep: boolean): string {
  if (axes.length === 0) return x;
  const limits = [graph.float(-LARGEST_FLOAT32), graph.float(LARGEST_FLOAT32)];
  const largest = graph.operation('Clip', [emitReduction(graph, 'ReduceMax', x, axes, true), ...limits]);
  const powers = graph.operation('Exp', [graph.operation('Sub', [x, largest])]);
  const logarithm = graph.operation('Log', [emitReduction(graph, 'ReduceSum', powers, axes, true)]);
  const kept = graph.operation('Add', [logarithm, largest]);
  return keep ? kept : graph.operation('Squeeze', [kept, graph.int64(axes)]);
}

export const reductionLowerings: Pick<LoweringTable, ReductionName | 'argMax' | 'cumsum'> = {
  sum: reduction('ReduceSum'),
  mean: reduction('ReduceMean'),
  max: reduction('ReduceMax'),
  min: reduction('ReduceMin'),
  logSumExp({ graph }, names, { attributes: { axes, keepDimensions } }) {
    const [x, keep] = [nameAt(names, 0), keepDimensions];
    if (graph.target === 'runtime') return emitReduction(graph, 'ReduceLogSumExp', x, axes, keep);
    return emitLogSumExp(graph, x, axes, keep);
  },

  argMax({ graph }, names, { attributes: { axis } }) {
    const position = graph.operation('ArgMax', names, { axis, keepdims: 0, select_last_index: 0 });
    return graph.operation('Cast', [position], { to: ELEMENT_TYPE_NUMBERS.int32 });
  },

  cumsum({ graph }, names, { inputs, attributes: { axis, reverse } }) {
    if (valueAt(inputs, 0).shape.length === 0) return nameAt(names, 0);
    return graph.operation('CumSum', [nameAt(names, 0), graph.int64([axis], [])], { reverse: Number(reverse) });
  },
};
