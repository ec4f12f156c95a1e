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

const { int32: INT32, int64: INT64 } = ELEMENT_TYPE_NUMBERS;
const LOW_32_BITS = 0xffffffff;

const int64Scalar = (graph: GraphBuilder, value: number): string => graph.int64([value], []);
const low32 = (graph: GraphBuilder, x: string): string =>
  graph.operation('BitwiseAnd', [x, int64Scalar(graph, LOW_32_BITS)]);
/** x ^ (x >>> bits) of a number below 2³². */
const fold = (graph: GraphBuilder, x: string, bits: number): string =>
  graph.operation('BitwiseXor', [x, graph.operation('Div', [x, int64Scalar(graph, 2 ** bits)])]);

/** `avalanche` of the specification: 32-bit numbers in int64, whose products of factors below 2³¹ are exact. */
function emitAvalanche(graph: GraphBuilder, bits: string): string {
  const mixed = AVALANCHE_FACTORS.reduce(
    (x, factor) => low32(graph, graph.operation('Mul', [fold(graph, x, 16), int64Scalar(graph, factor)])),
    low32(graph, bits),
  );
  return fold(graph, mixed, 15);
}

/** The odd hashes of the positions 0 … length − 1, as int32 (length). */
function emitOddHashes(graph: GraphBuilder, length: Dimension, keyWord: string, salt: number): string {
  const limits = [int64Scalar(graph, 0), emitScalarSize(graph, length, 'int64'), int64Scalar(graph, 1)];
  const positions = graph.operation('Range', limits);
  const spread = graph.operation('Mul', [positions, int64Scalar(graph, POSITION_FACTOR)]);
  const offset = graph.operation('BitwiseXor', [low32(graph, keyWord), int64Scalar(graph, salt)]);
  const hashed = emitAvalanche(graph, graph.operation('Add', [spread, offset]));
  return graph.operation('Cast', [graph.operation('BitwiseOr', [hashed, int64Scalar(graph, 1)])], { to: INT32 });
}

export const dropoutLowerings: Pick<LoweringTable, 'dropoutMask'> = {
  /** One wrapping int32 product and one comparison an element; see `keepMask` of the program package. */
  dropoutMask({ graph }, names, { attributes: { shape, rate, site } }) {
    if (graph.target === 'portable') {
      throw new ProgramError(
        'dropoutMask is for training; a program for the target "portable" is built without dropout',
      );
    }
    const key = graph.operation('Cast', [nameAt(names, 0)], { to: INT64 });
    const word = (index: number): string => graph.operation('Gather', [key, int64Scalar(graph, index)], { axis: 0 });
    const [rows, columns] = [elementCount(shape.slice(0, -1)), dimensionAt(shape, -1)];
    const rowHashes = emitOddHashes(graph, rows, word(0), siteSalt(site, 'rows'));
    const columnHashes = emitOddHashes(graph, columns, word(1), siteSalt(site, 'columns'));
    const column = graph.operation('Unsqueeze', [rowHashes, graph.int64([1])]);
    const products = graph.operation('Mul', [column, columnHashes]);
    const kept = graph.operation('Greater', [products, graph.int32(keepThreshold(rate))]);
    return emitReshape(graph, kept, [rows, columns], shape);
  },
};
