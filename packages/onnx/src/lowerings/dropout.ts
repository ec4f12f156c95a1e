import { ProgramError } from '@sentence-mtl/core';
import {
  AVALANCHE_FACTORS,
  dimensionAt,
  elementCount,
  keepThreshold,
  POSITION_FACTOR,
  siteSalt,
  type Dimension,
} from '@sentence-mtl/program';
import type { GraphBuilder } from '../graph/graph-builder.ts';
import { emitReshape } from '../graph/reshape.ts';
import { emitScalarSize } from '../graph/sizes.ts';
import { ELEMENT_TYPE_NUMBERS } from '../model/element-type.ts';
import { nameAt, type LoweringTable } from './lowering.ts';

const { int32: INT32, uint32: UINT32 } = ELEMENT_TYPE_NUMBERS;

const uint32 = (graph: GraphBuilder, value: number): string => graph.tensor('uint32', [], Uint32Array.of(value));

/** x ^ (x >>> bits). */
function fold(graph: GraphBuilder, x: string, bits: number): string {
  const shifted = graph.operation('BitShift', [x, uint32(graph, bits)], { direction: 'RIGHT' });
  return graph.operation('BitwiseXor', [x, shifted]);
}

/** `avalanche` of the specification: products of uint32 wrap as they do there. */
function emitAvalanche(graph: GraphBuilder, bits: string): string {
  const mixed = AVALANCHE_FACTORS.reduce(
    (x, factor) => graph.operation('Mul', [fold(graph, x, 16), uint32(graph, factor)]),
    bits,
  );
  return fold(graph, mixed, 15);
}

/** The odd hashes of the positions 0 … length − 1, as int32 (length). */
function emitOddHashes(graph: GraphBuilder, length: Dimension, keyWord: string, salt: number): string {
  const limits = [graph.int32(0), emitScalarSize(graph, length, 'int32'), graph.int32(1)];
  const positions = graph.operation('Cast', [graph.operation('Range', limits)], { to: UINT32 });
  const spread = graph.operation('Mul', [positions, uint32(graph, POSITION_FACTOR)]);
  const offset = graph.operation('BitwiseXor', [keyWord, uint32(graph, salt)]);
  const hashed = emitAvalanche(graph, graph.operation('Add', [spread, offset]));
  return graph.operation('Cast', [graph.operation('BitwiseOr', [hashed, uint32(graph, 1)])], { to: INT32 });
}

export const dropoutLowerings: Pick<LoweringTable, 'dropoutMask'> = {
  /** One wrapping int32 product and one comparison an element; see `keepMask` of the program package. */
  dropoutMask({ graph }, names, { attributes: { shape, rate, site } }) {
    if (graph.target !== 'runtime') {
      throw new ProgramError(
        `dropoutMask is for training; a program for the target "${graph.target}" is built without dropout`,
      );
    }
    const key = graph.operation('Cast', [nameAt(names, 0)], { to: UINT32 });
    const word = (index: number): string => graph.operation('Gather', [key, graph.int64([index], [])], { axis: 0 });
    const [rows, columns] = [elementCount(shape.slice(0, -1)), dimensionAt(shape, -1)];
    const rowHashes = emitOddHashes(graph, rows, word(0), siteSalt(site, 'rows'));
    const columnHashes = emitOddHashes(graph, columns, word(1), siteSalt(site, 'columns'));
    const column = graph.operation('Unsqueeze', [rowHashes, graph.int64([1])]);
    const products = graph.operation('Mul', [column, columnHashes]);
    const kept = graph.operation('Greater', [products, graph.int32(keepThreshold(rate))]);
    return emitReshape(graph, kept, [rows, columns], shape);
  },
};
