import { ArgumentError } from '@sentence-mtl/core';
import type { Arena } from './arena.ts';
import { STRIDE } from './kernels/kernels.ts';

/**
 * The gradient of an embedding table whose rows are mostly zero: rows are added where ids say, the norm reads only
 * rows that were added to, each once, and only these are cleared afterwards.
 */
export class RowGradients {
  readonly #arena: Arena;
  readonly #path: string;
  readonly #gradient: Float32Array;
  readonly #width: number;
  /** One byte a row: whether it has been added to. */
  readonly #touched: Uint8Array;
  readonly #order: number[] = [];

  /** @throws ArgumentError when the parameter is not a table of rows, or a row does not fit into the arena's scratch */
  constructor(arena: Arena, path: string) {
    const { shape, data } = arena.tensor(path, 'gradient');
    const [rows, width, ...rest] = shape;
    if (rows === undefined || width === undefined || rest.length > 0) {
      throw new ArgumentError(`the gradient of ${path} (${shape.join(', ')}) has no rows; a table is (rows, width)`);
    }
    if (rowsAtOnce(arena, width) < 1) {
      throw new ArgumentError(
        `a row of ${path} has ${width} values; the arena's scratch is ${arena.scratch.length} long`,
      );
    }
    this.#arena = arena;
    this.#path = path;
    this.#gradient = data;
    this.#width = width;
    this.#touched = new Uint8Array(rows);
  }

  /**
   * Adds rows (N, D) to the rows of the table that ids (N) name, in order, so that an id may occur again.
   * @throws ArgumentError when an id is not a row, or the rows do not have N × D values
   */
  add(ids: Int32Array, rows: Float32Array): void {
    this.#check(ids, rows);
    const { buffer, kernels, scratch } = this.#arena;
    const atOnce = rowsAtOnce(this.#arena, this.#width);
    const idsAt = scratch.address + 4 * atOnce * this.#width;
    const table = this.#arena.region(this.#path, 'gradient').address;
    for (let at = 0; at < ids.length; at += atOnce) {
      const count = Math.min(atOnce, ids.length - at);
      new Int32Array(buffer, idsAt, count).set(ids.subarray(at, at + count));
      const given = rows.subarray(at * this.#width, (at + count) * this.#width);
      new Float32Array(buffer, scratch.address, given.length).set(given);
      kernels.addRows(table, idsAt, scratch.address, count, this.#width);
    }
    for (const id of ids) this.#touch(id);
  }

  /** The sum of squares of the gradient, in float64. */
  sumOfSquares(): number {
    const { buffer, kernels, scratch } = this.#arena;
    const stride = Math.ceil(this.#width / STRIDE) * STRIDE;
    const padded = new Float32Array(buffer, scratch.address, stride).fill(0);
    return this.#order.reduce((sum, id) => {
      padded.set(this.#row(id));
      return sum + kernels.sumOfSquares(scratch.address, stride);
    }, 0);
  }

  /** Sets the rows that were added to back to zero. */
  clear(): void {
    for (const id of this.#order) {
      this.#row(id).fill(0);
      this.#touched[id] = 0;
    }
    this.#order.length = 0;
  }

  #row(id: number): Float32Array {
    return this.#gradient.subarray(id * this.#width, (id + 1) * this.#width);
  }

  #touch(id: number): void {
    if (this.#touched[id] === 1) return;
    this.#touched[id] = 1;
    this.#order.push(id);
  }

  #check(ids: Int32Array, rows: Float32Array): void {
    const count = this.#touched.length;
    const outside = ids.find((id) => id < 0 || id >= count);
    if (outside !== undefined) {
      throw new ArgumentError(`row ${outside} of ${this.#path} is asked for; it has rows 0 to ${count - 1}`);
    }
    if (rows.length === ids.length * this.#width) return;
    throw new ArgumentError(
      `${ids.length} rows of ${this.#path} have ${ids.length * this.#width} values; ${rows.length} are given`,
    );
  }
}

/** How many rows of a width, and their ids, fit into the scratch. */
function rowsAtOnce({ scratch }: Arena, width: number): number {
  return Math.floor(scratch.length / (width + 1));
}
