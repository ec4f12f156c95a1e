import { shapesEqual, type Shape } from '@sentence-mtl/program';
import type { GraphBuilder } from './graph-builder.ts';
import { emitShape } from './sizes.ts';

/**
 * Reshapes a named value. In the target shape 0 copies the size at that place and one −1 is inferred, so sizes are
 * computed only where two or more are unknown.
 */
export function emitReshape(graph: GraphBuilder, name: string, from: Shape, to: Shape): string {
  if (shapesEqual(from, to)) return name;
  if (to.includes(0)) return graph.operation('Reshape', [name, emitShape(graph, to)], { allowzero: 1 });
  const sizes = to.map((size, axis) => {
    if (typeof size === 'number') return size;
    return size === from[axis] ? 0 : -1;
  });
  const inferred = sizes.filter((size) => size === -1).length;
  return graph.operation('Reshape', [name, inferred < 2 ? graph.int64(sizes) : emitShape(graph, to)]);
}
