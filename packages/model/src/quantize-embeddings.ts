// As in sentence-transformers (`quantize_embeddings`), every step in float32, so that the integers are the same.
import { ArgumentError, unreachable } from '@sentence-mtl/core';
import type { EmbeddingPrecision, Embeddings } from './embeddings.ts';

/** The least and the greatest value of each dimension, over embeddings that stand for all. */
export interface QuantizationRanges {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
}

/** The ranges of embeddings. @throws ArgumentError where there are none */
export function quantizationRanges({ shape: [rows, columns], data }: Embeddings<'float32'>): QuantizationRanges {
  if (rows === 0) throw new ArgumentError('ranges need at least one embedding');
  const minimum = data.slice(0, columns);
  const maximum = data.slice(0, columns);
  for (let i = columns; i < data.length; i++) {
    const column = i % columns;
    const value = data[i] ?? 0;
    if (value < (minimum[column] ?? 0)) minimum[column] = value;
    if (value > (maximum[column] ?? 0)) maximum[column] = value;
  }
  return { minimum, maximum };
}

function checkRanges({ minimum, maximum }: QuantizationRanges, columns: number): void {
  if (minimum.length === columns && maximum.length === columns) return;
  throw new ArgumentError(
    `the ranges are of ${minimum.length} and ${maximum.length} dimensions, the embeddings of ${columns}`,
  );
}

/** `clip(floor((x − minimum) / step), 0, 255)`, with the range of a dimension divided into 255 steps; less `offset`. */
function intoBuckets(
  { shape: [, columns], data }: Embeddings<'float32'>,
  { minimum, maximum }: QuantizationRanges,
  offset: number,
  into: Int8Array | Uint8Array,
): void {
  const steps = minimum.map((least, column) => Math.fround(Math.fround((maximum[column] ?? 0) - least) / 255) || 1);
  for (let i = 0; i < data.length; i++) {
    const column = i % columns;
    const fromLeast = Math.fround((data[i] ?? 0) - (minimum[column] ?? 0));
    const bucket = Math.floor(Math.fround(fromLeast / (steps[column] ?? 1)));
    into[i] = Math.min(255, Math.max(0, bucket)) - offset;
  }
}

/** Whether a value is above 0, eight dimensions a byte, the first in the highest bit; the last byte filled up with 0. */
function intoBits({ shape: [rows, columns], data }: Embeddings<'float32'>): Uint8Array {
  const width = Math.ceil(columns / 8);
  const bits = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (!((data[row * columns + column] ?? 0) > 0)) continue; // Not a number is no 1.
      const byte = row * width + (column >> 3);
      bits[byte] = (bits[byte] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return bits;
}

function rangesOf(
  embeddings: Embeddings<'float32'>,
  precision: EmbeddingPrecision,
  ranges: QuantizationRanges | undefined,
): QuantizationRanges {
  const [rows, columns] = embeddings.shape;
  if (ranges !== undefined) checkRanges(ranges, columns);
  if (ranges !== undefined || rows > 1) return ranges ?? quantizationRanges(embeddings);
  if (rows === 0) return { minimum: new Float32Array(columns), maximum: new Float32Array(columns) };
  throw new ArgumentError(
    `${precision} needs ranges, and a single embedding has none; give the quantizationRanges of embeddings that stand for all`,
  );
}

function quantized(
  embeddings: Embeddings<'float32'>,
  precision: EmbeddingPrecision,
  ranges: QuantizationRanges | undefined,
): Embeddings {
  const { shape, data } = embeddings;
  const bitShape = [shape[0], Math.ceil(shape[1] / 8)] as const;
  switch (precision) {
    case 'float32':
      return embeddings;
    case 'int8': {
      const into = new Int8Array(data.length);
      intoBuckets(embeddings, rangesOf(embeddings, precision, ranges), 128, into);
      return { precision, shape, data: into };
    }
    case 'uint8': {
      const into = new Uint8Array(data.length);
      intoBuckets(embeddings, rangesOf(embeddings, precision, ranges), 0, into);
      return { precision, shape, data: into };
    }
    case 'binary':
      return { precision, shape: bitShape, data: Int8Array.from(intoBits(embeddings), (byte) => byte - 128) };
    case 'ubinary':
      return { precision, shape: bitShape, data: intoBits(embeddings) };
    default:
      return unreachable(precision);
  }
}

/**
 * Embeddings in another number format.
 *
 * @param ranges for `int8` and `uint8`; left out, those of the embeddings themselves
 * @throws ArgumentError where ranges do not fit, or a single embedding comes without any
 */
export function quantizeEmbeddings<P extends EmbeddingPrecision>(
  embeddings: Embeddings<'float32'>,
  precision: P,
  ranges?: QuantizationRanges,
): Embeddings<P> {
  // The switch returns the precision it is given; the compiler does not follow that into the union.
  return quantized(embeddings, precision, ranges) as Embeddings<P>;
}
