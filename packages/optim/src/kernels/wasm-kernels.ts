import { EngineError } from '@sentence-mtl/core';
import { kernelBytes } from './kernel-bytes.ts';
import type { Kernels } from './kernels.ts';

type Loop = (...values: number[]) => number;

function isLoop(value: unknown): value is Loop {
  return typeof value === 'function';
}

let compiled: WebAssembly.Module | undefined;

/** The module, compiled once: memories share its machine code, and what the runtime has learned to make faster. */
function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0)));
  return compiled;
}

/** The loops of the module over a memory, by name. @throws EngineError when the module lacks one */
function instantiate(memory: WebAssembly.Memory): (name: keyof Kernels) => Loop {
  const { exports } = new WebAssembly.Instance(kernelModule(), { arena: { memory } });
  return (name) => {
    const loop = exports[name];
    if (isLoop(loop)) return loop;
    throw new EngineError(`the assembled kernels have no ${name}; assemble them again with "pnpm assemble-kernels"`);
  };
}

/** The kernels in WebAssembly SIMD over a memory, assembled from the .wat files beside this one. */
export function wasmKernels(memory: WebAssembly.Memory): Kernels {
  const loop = instantiate(memory);
  const [trace, adam, adamw] = [loop('trace'), loop('adam'), loop('adamw')];
  return {
    scale: loop('scale'),
    addScaled: loop('addScaled'),
    clip: loop('clip'),
    trace: (update, velocity, length, momentum, fresh, nesterov) =>
      trace(update, velocity, length, momentum, fresh, nesterov ? 1 : 0),
    adam: (update, first, second, length, c) =>
      adam(update, first, second, length, c.fresh1, c.keep2, c.fresh2, c.correction, c.epsilon),
    adamw(parameter, gradient, first, second, length, factor, maximum, c, decay, rate) {
      const { fresh1, keep2, fresh2, correction, epsilon } = c;
      const arrays = [parameter, gradient, first, second] as const;
      adamw(...arrays, length, factor, maximum, fresh1, keep2, fresh2, correction, epsilon, decay, rate);
    },
    sumOfSquares: loop('sumOfSquares'),
    addRows: loop('addRows'),
  };
}
