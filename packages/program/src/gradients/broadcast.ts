import { reshape } from '../ops/shape.ts';
import { sum } from '../ops/reduction.ts';
import type { Shape } from '../shape.ts';
import type { Value } from '../value.ts';

/** The adjoint of broadcasting to the upstream's shape: sums over what was repeated. */
export function sumToShape(upstream: Value, shape: Shape): Value {
  const lead = upstream.shape.length - shape.length;
  const axes = upstream.shape.flatMap((size, axis) => {
    const repeated = axis < lead || (shape[axis - lead] === 1 && size !== 1);
    return repeated ? [axis] : [];
  });
  return reshape(axes.length > 0 ? sum(upstream, axes, true) : upstream, shape);
}
