import { ArgumentError } from './errors.ts';

/** Numbers of a matrix's rows as int8, with a scale for each row: the number at (r, c) means `numbers · scales[r]`. */
export interface Int8Rows {
  readonly numbers: Int8Array<ArrayBuffer>;
  readonly scales: Float32Array<ArrayBuffer>;
}

function largestOf(row: Float32Array): number {
  let largest = 0;
  for (const value of row) {
    const size = Math.abs(value);
    if (!(size < Infinity)) return Number.NaN;
    if (size > largest) largest = size;
  }
  return largest;
}

/** A little below the greatest float32: what a scale times its largest number stays within. */
const GREATEST = 3.402e38;

/**
 * Rows in a quarter of their bytes: `scale = max|row| / largest`, `int8 = round(row / scale)`. No number is off by more
 * than half a scale; a row of zeros stays one.
 *
 * @param data row-major, of `rows` equally long rows
 * @param largest what the largest number of a row becomes, at most 127
 * @throws ArgumentError where a number is not finite, the rows are not equally long, or int8 does not reach `largest`
 */
export function int8Rows(data: Float32Array, rows: number, largest = 127): Int8Rows {
  const columns = rows === 0 ? 0 : data.length / rows;
  if (columns * rows !== data.length || !Number.isInteger(columns)) {
    throw new ArgumentError(`${data.length} numbers are not ${rows} equally long rows`);
  }
  if (!(largest >= 1 && largest <= 127)) throw new ArgumentError(`the largest int8 is ${largest}; give 1 to 127`);
  const scales = new Float32Array(rows);
  const numbers = new Int8Array(data.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const values = data.subarray(start, start + columns);
    const scale = Math.fround(Math.min(largestOf(values), GREATEST) / largest);
    if (Number.isNaN(scale)) throw new ArgumentError(`row ${row} has a number that is not finite`);
    scales[row] = scale;
    if (scale === 0) continue;
    for (let i = 0; i < columns; i++) {
      const rounded = Math.round((values[i] ?? 0) / scale);
      numbers[start + i] = Math.max(-largest, Math.min(largest, rounded));
    }
  }
  return { numbers, scales };
}
