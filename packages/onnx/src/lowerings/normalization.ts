import { dimensionAt } from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { emitScalarSize } from '../graph/sizes.ts';
import { nameAt, valueAt, type LoweringTable } from './lowering.ts';

const LAST_AXIS = { axis: -1 };

/** −log p at each row's label; 0 where the label is none of the classes. */
function emitLabelLoss(graph: GraphBuilder, logProbabilities: string, labels: string, classes: string): string {
  const [zero, last] = [graph.int32(0), graph.int64([-1])];
  const present = graph.operation('And', [
    graph.operation('LessOrEqual', [zero, labels]),
    graph.operation('Less', [labels, classes]),
  ]);
  const position = graph.operation('Unsqueeze', [graph.operation('Where', [present, labels, zero]), last]);
  const picked = graph.operation('GatherElements', [logProbabilities, position], LAST_AXIS);
  const loss = graph.operation('Neg', [graph.operation('Squeeze', [picked, last])]);
  return graph.operation('Where', [present, loss, graph.float(0)]);
}

export const normalizationLowerings: Pick<
  LoweringTable,
  'softmax' | 'logSoftmax' | 'layerNorm' | 'softmaxCrossEntropy'
> = {
  softmax: ({ graph }, names) => graph.operation('Softmax', names, LAST_AXIS),
  logSoftmax: ({ graph }, names) => graph.operation('LogSoftmax', names, LAST_AXIS),

  layerNorm({ graph, isUsed }, names, { outputs, attributes: { epsilon } }) {
    const results = outputs.slice(1).some(isUsed) ? outputs.length : 1;
    return graph.operations('LayerNormalization', names, { axis: -1, epsilon: { float: epsilon } }, { results });
  },

  softmaxCrossEntropy({ graph }, names, { inputs }) {
    const classes = emitScalarSize(graph, dimensionAt(valueAt(inputs, 0).shape, -1), 'int32');
    const logProbabilities = graph.operation('LogSoftmax', [nameAt(names, 0)], LAST_AXIS);
    return [emitLabelLoss(graph, logProbabilities, nameAt(names, 1), classes), logProbabilities];
  },
};
