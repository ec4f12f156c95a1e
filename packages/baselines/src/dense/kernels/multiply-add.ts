import { EngineError } from '@sentence-mtl/core';
import { kernelBytes } from './kernel-bytes.ts';

/** A matrix of which only some bytes of a memory are known: where it starts, and how far apart rows and columns are. */
export interface Strided {
  readonly start: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** `C (m, n) += A (m, k) · B (k, n)` in float32, with m a multiple of 4 and n of 8; C and B are row after row. */
export type MultiplyAdd = (c: number, a: Strided, b: number, sizes: ProductSizes) => void;

export interface ProductSizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

type Kernel = (...values: number[]) => void;

function isKernel(value: unknown): value is Kernel {
  return typeof value === 'function';
}

let compiled: WebAssembly.Module | undefined;

/**
 * The product of matrices in a memory, in WebAssembly SIMD.
 * @throws EngineError when the assembled module lacks it
 */
export function multiplyAddIn(memory: WebAssembly.Memory): MultiplyAdd {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0)));
  const { multiplyAdd: kernel } = new WebAssembly.Instance(compiled, { block: { memory } }).exports;
  if (!isKernel(kernel)) {
    throw new EngineError('the assembled kernel has no multiplyAdd; assemble it again with "pnpm assemble-kernel"');
  }
  return (c, a, b, { m, k, n }) => kernel(c, a.start, b, m, k, n, a.rowStride, a.columnStride);
}
