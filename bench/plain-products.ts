import { float32Tensor, type HostTensor } from '@sentence-mtl/core';
import { bindShape, type Bindings, type Engine, type Program } from '@sentence-mtl/program';
import { describeProduct, productProgram, productsOf, type Product } from './products.ts';
import { spreadOf, type Spread } from './spread.ts';
import { timed } from './timing.ts';

/** As many as a model has layers. */
const COPIES = 6;

/** How long one product takes by itself. */
export interface ProductTime {
  readonly product: Product;
  readonly name: string;
  readonly ms: Spread;
  readonly gflops: number;
}

/** Numbers around 0 that are not all alike: a product of zeros could be faster. */
function filled(shape: readonly number[], salt: number): HostTensor<'float32'> {
  const size = shape.reduce((product, n) => product * n, 1);
  const data = Float32Array.from({ length: size }, (_, i) => Math.sin(i * 0.7 + salt));
  return float32Tensor(data, shape);
}

/** Times each distinct product of a program alone, on the same engine, `rounds` times in turn. */
export class PlainProducts {
  readonly #runs: { product: Product; run: () => Promise<unknown>; times: number[] }[] = [];

  static async of(engine: Engine, step: Program, bindings: Bindings): Promise<PlainProducts> {
    const plain = new PlainProducts();
    for (const product of productsOf(step, bindings)) {
      const program = productProgram(product, COPIES);
      const executable = await engine.compile(program);
      const feeds = Object.fromEntries(
        Object.entries(program.inputs).map(([name, { shape }], i) => [name, filled(bindShape(shape, {}), i)]),
      );
      const run = (): Promise<unknown> => executable.run(feeds);
      await run();
      plain.#runs.push({ product, run, times: [] });
    }
    return plain;
  }

  /** Runs each product once more, and returns the milliseconds all products of the program would take. */
  async round(): Promise<number> {
    let total = 0;
    for (const { product, run, times } of this.#runs) {
      const ms = (await timed(run)) / COPIES;
      times.push(ms);
      total += ms * product.count;
    }
    return total;
  }

  get times(): readonly ProductTime[] {
    return this.#runs.map(({ product, times }) => {
      const ms = spreadOf(times);
      return { product, name: describeProduct(product), ms, gflops: Math.round(product.operations / ms.median / 1e6) };
    });
  }
}
