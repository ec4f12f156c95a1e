import { dimensionSize } from '../ops/leaf.ts';
import { cast, div, equal, exp, mul, sub } from '../ops/elementwise.ts';
import { cumsum, max, sum } from '../ops/reduction.ts';
import { broadcastTo, reshape } from '../ops/shape.ts';
import { dimensionAt, elementCount, type Shape } from '../shape.ts';
import type { NodeOf, Value } from '../value.ts';
import { operand, result } from './operands.ts';
import type { GradientTable } from './table.ts';

type Reduction = NodeOf<'sum' | 'mean' | 'max' | 'min' | 'logSumExp'>;

/** The operand's shape with size 1 at the reduced axes, so that results broadcast against it. */
function keptShape(node: Reduction): Shape {
  return operand(node, 0).shape.map((size, axis) => (node.attributes.axes.includes(axis) ? 1 : size));
}

/** The elements equal to the extreme share its gradient evenly. */
function extremeGradient(upstream: Value, node: Reduction): readonly [Value] {
  const kept = keptShape(node);
  const hits = cast(equal(operand(node, 0), reshape(result(node), kept)), 'float32');
  const share = div(reshape(upstream, kept), sum(hits, node.attributes.axes, true));
  return [mul(hits, share)];
}

export const reductionGradients: Pick<
  GradientTable,
  'sum' | 'mean' | 'max' | 'min' | 'logSumExp' | 'argMax' | 'cumsum'
> = {
  sum: (upstream, node) => [broadcastTo(reshape(upstream, keptShape(node)), operand(node, 0).shape)],
  mean: (upstream, node) => {
    const { shape } = operand(node, 0);
    const count = dimensionSize(elementCount(node.attributes.axes.map((axis) => dimensionAt(shape, axis))));
    return [broadcastTo(div(reshape(upstream, keptShape(node)), count), shape)];
  },
  max: extremeGradient,
  min: extremeGradient,
  logSumExp: (upstream, node) => {
    const x = operand(node, 0);
    const { axes } = node.attributes;
    // Not exp(x - result): far from 0 the result is rounded to so few digits that the shares would not add up to 1.
    const weights = exp(sub(x, max(x, axes, true)));
    return [mul(weights, div(reshape(upstream, keptShape(node)), sum(weights, axes, true)))];
  },
  argMax: { none: 'its result is a position' },
  cumsum: (upstream, { attributes: { axis, reverse } }) => [cumsum(upstream, axis, !reverse)],
};
