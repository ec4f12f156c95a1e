import { cast, equal, exp, mul, sub } from '../ops/elementwise.ts';
import { range } from '../ops/leaf.ts';
import { mean, sum } from '../ops/reduction.ts';
import { expandDims } from '../ops/shape.ts';
import { dimensionAt } from '../shape.ts';
import { sumToShape } from './broadcast.ts';
import { operand, result } from './operands.ts';
import type { GradientTable } from './table.ts';

export const normalizationGradients: Pick<
  GradientTable,
  'softmax' | 'logSoftmax' | 'layerNorm' | 'softmaxCrossEntropy'
> = {
  softmax: (upstream, node) => {
    const y = result(node);
    const weighted = mul(upstream, y);
    return [sub(weighted, mul(y, sum(weighted, -1, true)))];
  },

  logSoftmax: (upstream, node) => [sub(upstream, mul(exp(result(node)), sum(upstream, -1, true)))],

  layerNorm: (upstream, node) => {
    const [x, gamma, beta] = [operand(node, 0), operand(node, 1), operand(node, 2)];
    const [mu, inverseDeviation] = [result(node, 1), result(node, 2)];
    const normalized = mul(sub(x, mu), inverseDeviation);
    const scaled = mul(upstream, gamma);
    const centred = sub(scaled, mean(scaled, -1, true));
    const projected = mul(normalized, mean(mul(scaled, normalized), -1, true));
    return [
      mul(sub(centred, projected), inverseDeviation),
      sumToShape(mul(upstream, normalized), gamma.shape),
      sumToShape(upstream, beta.shape),
    ];
  },

  softmaxCrossEntropy: (upstream, node) => {
    const [logits, labels] = [operand(node, 0), expandDims(operand(node, 1), -1)];
    const classes = dimensionAt(logits.shape, -1);
    const hit = cast(equal(labels, range(classes)), 'float32');
    // A missing label hits no class: its row of hits sums to 0, and with it the slope.
    const labelled = sum(hit, -1, true);
    const slope = sub(mul(exp(result(node, 1)), labelled), hit);
    return [mul(slope, expandDims(upstream, -1)), undefined];
  },
};
