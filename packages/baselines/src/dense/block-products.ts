import { multiplyAddIn, type MultiplyAdd } from './kernels/multiply-add.ts';

/** Rows that are looked at together, so that their features and scores stay in the cache. */
export const BLOCK_ROWS = 128;

const PAGE_BYTES = 65_536;

function padded(count: number, multiple: number): number {
  return Math.ceil(count / multiple) * multiple;
}

/** Arrays behind each other in one memory of their own. */
function allocate(sizes: readonly number[]): { memory: WebAssembly.Memory; arrays: readonly Float32Array[] } {
  const pages = Math.ceil((4 * sizes.reduce((sum, size) => sum + size, 0)) / PAGE_BYTES);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  let end = 0;
  const arrays = sizes.map((size) => {
    end += 4 * size;
    return new Float32Array(memory.buffer, end - 4 * size, size);
  });
  return { memory, arrays };
}

/**
 * The two products of a linear model with L outputs over blocks of up to 128 rows of D features, in float32: scores from
 * weights, and gradients of weights from residuals. Weights and gradients are (D + 1, L) in float64 outside; their last
 * row is the bias.
 */
export class BlockProducts {
  readonly #columnCount: number;
  readonly #outputCount: number;
  /** How far apart rows are in `scores`, weights and gradients: L, padded. */
  readonly stride: number;
  /** (128, stride): the scores of the block; residuals take their place before `addGradient`. */
  readonly scores: Float32Array;
  readonly #bias: Float32Array;
  readonly #features: Float32Array;
  readonly #weights: Float32Array;
  readonly #gradient: Float32Array;
  readonly #multiplyAdd: MultiplyAdd;

  constructor(columnCount: number, outputCount: number) {
    const [width, stride] = [padded(columnCount, 4), padded(outputCount, 8)];
    const sizes = [BLOCK_ROWS * stride, BLOCK_ROWS * width, width * stride, width * stride];
    const { memory, arrays } = allocate(sizes);
    const [scores, features, weights, gradient] = arrays as [Float32Array, Float32Array, Float32Array, Float32Array];
    this.#columnCount = columnCount;
    this.#outputCount = outputCount;
    this.stride = stride;
    this.scores = scores;
    this.#bias = new Float32Array(stride);
    this.#features = features;
    this.#weights = weights;
    this.#gradient = gradient;
    this.#multiplyAdd = multiplyAddIn(memory);
  }

  get #width(): number {
    return this.#features.length / BLOCK_ROWS;
  }

  setWeights(weights: Float64Array): void {
    const [columns, outputs] = [this.#columnCount, this.#outputCount];
    for (let column = 0; column < columns; column++) {
      this.#weights.set(weights.subarray(column * outputs, (column + 1) * outputs), column * this.stride);
    }
    this.#bias.set(weights.subarray(columns * outputs));
  }

  /** Computes the scores of up to 128 rows, given row after row. */
  score(rows: Float32Array): void {
    const [columns, width, stride] = [this.#columnCount, this.#width, this.stride];
    const rowCount = rows.length / columns;
    for (let row = 0; row < rowCount; row++) {
      this.#features.set(rows.subarray(row * columns, (row + 1) * columns), row * width);
      this.scores.set(this.#bias, row * stride);
    }
    const features = { start: this.#features.byteOffset, rowStride: 4 * width, columnStride: 4 };
    const sizes = { m: padded(rowCount, 4), k: columns, n: stride };
    this.#multiplyAdd(this.scores.byteOffset, features, this.#weights.byteOffset, sizes);
  }

  /** Adds to the gradient what the first `rowCount` rows of the block give, their residuals standing in `scores`. */
  addGradient(rowCount: number, into: Float64Array): void {
    const [columns, outputs, stride] = [this.#columnCount, this.#outputCount, this.stride];
    this.#gradient.fill(0);
    const transposed = { start: this.#features.byteOffset, rowStride: 4, columnStride: 4 * this.#width };
    const sizes = { m: this.#width, k: rowCount, n: stride };
    this.#multiplyAdd(this.#gradient.byteOffset, transposed, this.scores.byteOffset, sizes);
    for (let column = 0; column < columns; column++) {
      for (let output = 0; output < outputs; output++) {
        const at = column * outputs + output;
        into[at] = (into[at] ?? 0) + (this.#gradient[column * stride + output] ?? 0);
      }
    }
    for (let row = 0; row < rowCount; row++) {
      for (let output = 0; output < outputs; output++) {
        const at = columns * outputs + output;
        into[at] = (into[at] ?? 0) + (this.scores[row * stride + output] ?? 0);
      }
    }
  }
}
