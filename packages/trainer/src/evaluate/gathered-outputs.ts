import { float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';

/** Rows of a tensor, gathered batch by batch into their places. */
export class GatheredRows {
  readonly #count: number;
  #tensor: HostTensor | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  /** Copies rows of a batch to the places given; `batch` may have more rows. */
  add(batch: HostTensor, places: readonly number[]): void {
    const [, ...row] = batch.shape;
    const width = row.reduce((size, each) => size * each, 1);
    const tensor = (this.#tensor ??= emptyLike(batch, [this.#count, ...row]));
    places.forEach((place, at) => {
      tensor.data.set(batch.data.subarray(at * width, (at + 1) * width), place * width);
    });
  }

  /** Undefined where no batch came. */
  get tensor(): HostTensor | undefined {
    return this.#tensor;
  }
}

function emptyLike({ dtype }: HostTensor, shape: readonly number[]): HostTensor {
  const size = shape.reduce((product, each) => product * each, 1);
  if (dtype === 'float32') return float32Tensor(new Float32Array(size), shape);
  if (dtype === 'int32') return int32Tensor(new Int32Array(size), shape);
  return { dtype, shape, data: new Uint8Array(size) };
}
