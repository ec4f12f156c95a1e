import { layerNorm, logSoftmax, softmax, softmaxCrossEntropy, type Value } from '@sentence-mtl/program';
import { floats, integers, integersBelow, normal } from '../draws.ts';
import { operationCase, type OperationCase } from '../operation-case.ts';
import type { CaseTable } from './case-table.ts';

const overLastAxis = (f: (x: Value) => Value): OperationCase[] => [
  operationCase('a matrix', { x: normal('batch', 'sequence') }, ({ x }) => f(x)),
  operationCase('a vector', { x: normal(5) }, ({ x }) => f(x)),
  operationCase('attention scores', { x: normal('batch', 2, 'sequence', 'sequence') }, ({ x }) => f(x)),
  operationCase('one element', { x: normal('batch', 1) }, ({ x }) => f(x)),
  operationCase('far out', { x: floats(1000, 999, -1000, -1000, -1000.5, -1002)(2, 3) }, ({ x }) => f(x)),
  operationCase('masked by a large negative number', { x: floats(1, 2, -1e4, 0.5, -1e4, -1e4)(2, 3) }, ({ x }) => f(x)),
  operationCase('masked by the most negative number', { x: floats(1, 2, -3.4e38, 0.5)(1, 4) }, ({ x }) => f(x), {
    forwardOnly: 'a small step does not move a number of that size',
  }),
];

const residual = (value: Value, index: number): Value => value.node.outputs[index] ?? value;
const NO_GRADIENT = 'gradients pass result 0 only; residuals are for backward passes';
const layer = { x: normal('batch', 'sequence', 6), gamma: normal(6), beta: normal(6) };
const logits = normal('batch', 4);

export const normalizationCases: Pick<CaseTable, 'softmax' | 'logSoftmax' | 'layerNorm' | 'softmaxCrossEntropy'> = {
  softmax: overLastAxis(softmax),
  logSoftmax: overLastAxis(logSoftmax),
  layerNorm: [
    operationCase('tokens', layer, ({ x, gamma, beta }) => layerNorm(x, gamma, beta, 1e-5)),
    operationCase('rows', { x: normal('batch', 5), gamma: normal(5), beta: normal(5) }, ({ x, gamma, beta }) =>
      layerNorm(x, gamma, beta, 1e-12),
    ),
    operationCase('one vector', { x: normal(5), gamma: normal(5), beta: normal(5) }, ({ x, gamma, beta }) =>
      layerNorm(x, gamma, beta, 1e-5),
    ),
    operationCase('equal features', { x: floats(2)(2, 4), gamma: normal(4), beta: normal(4) }, ({ x, gamma, beta }) =>
      layerNorm(x, gamma, beta, 0.1),
    ),
    operationCase('the mean of each row', layer, ({ x, gamma, beta }) => residual(layerNorm(x, gamma, beta, 1e-5), 1), {
      forwardOnly: NO_GRADIENT,
    }),
    operationCase(
      'the inverse deviation of each row',
      layer,
      ({ x, gamma, beta }) => residual(layerNorm(x, gamma, beta, 1e-5), 2),
      {
        forwardOnly: NO_GRADIENT,
      },
    ),
  ],
  softmaxCrossEntropy: [
    operationCase('one label a row', { x: logits, y: integersBelow(4)('batch') }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase(
      'labels of tokens',
      { x: normal('batch', 'sequence', 3), y: integers(0, -100, 2)('batch', 'sequence') },
      ({ x, y }) => softmaxCrossEntropy(x, y),
    ),
    operationCase('some labels missing', { x: logits, y: integers(2, -100, 0)('batch') }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase('all labels missing', { x: logits, y: integers(-100)('batch') }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase('labels past the last class are missing', { x: logits, y: integers(4, -1, 3)('batch') }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase('far out', { x: floats(1000, 0, -1000, 0, 1000, -1000)(2, 3), y: integers(0, 2)(2) }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase('one class', { x: normal('batch', 1), y: integers(0, -100)('batch') }, ({ x, y }) =>
      softmaxCrossEntropy(x, y),
    ),
    operationCase(
      'the logarithms of probabilities',
      { x: logits, y: integers(1)('batch') },
      ({ x, y }) => residual(softmaxCrossEntropy(x, y), 1),
      {
        forwardOnly: NO_GRADIENT,
      },
    ),
  ],
};
