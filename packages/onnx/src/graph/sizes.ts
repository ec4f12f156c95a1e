import { ProgramError } from '@sentence-mtl/core';
import { evaluateDimension, type Dimension, type Ring, type Shape } from '@sentence-mtl/program';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** The size of the first input axis that is exactly this dimension. */
function readAxis(graph: GraphBuilder, dimension: Dimension): string | undefined {
  for (const { name, shape } of graph.axes) {
    const axis = shape.indexOf(dimension);
    if (axis >= 0) return graph.operation('Shape', [name], { start: axis, end: axis + 1 });
  }
  return undefined;
}

const sizeRing = (graph: GraphBuilder): Ring<string> => ({
  integer: (value) => graph.int64([value]),
  add: (left, right) => graph.operation('Add', [left, right]),
  multiply: (left, right) => graph.operation('Mul', [left, right]),
  symbol(name) {
    const size = readAxis(graph, name);
    if (size !== undefined) return size;
    throw new ProgramError(`the size of "${name}" is needed, but no input has an axis of that size`);
  },
});

/** A dimension as int64 (1). @throws ProgramError for a symbol that is the size of no input's axis */
export function emitSize(graph: GraphBuilder, dimension: Dimension): string {
  if (typeof dimension === 'number') return graph.int64([dimension]);
  return readAxis(graph, dimension) ?? evaluateDimension(dimension, sizeRing(graph));
}

/** A dimension as a scalar of a number type. */
export function emitScalarSize(graph: GraphBuilder, dimension: Dimension, type: 'float32' | 'int32'): string {
  if (typeof dimension === 'number') {
    return type === 'int32' ? graph.int32(dimension) : graph.float(dimension);
  }
  const scalar = graph.operation('Squeeze', [emitSize(graph, dimension)]);
  return graph.operation('Cast', [scalar], { to: ELEMENT_TYPE_NUMBERS[type] });
}

/** A shape as int64 (rank): one constant where all sizes are known, else the known and computed parts joined. */
export function emitShape(graph: GraphBuilder, shape: Shape): string {
  const parts: string[] = [];
  let known: number[] = [];
  const flush = (): void => {
    if (known.length > 0) parts.push(graph.int64(known));
    known = [];
  };
  for (const dimension of shape) {
    if (typeof dimension === 'number') known.push(dimension);
    else {
      flush();
      parts.push(emitSize(graph, dimension));
    }
  }
  flush();
  const [only] = parts;
  if (only === undefined) return graph.int64([]);
  return parts.length === 1 ? only : graph.operation('Concat', parts, { axis: 0 });
}
