import { ArgumentError, float32Tensor, MemoryLimitError, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import { STRIDE, type Kernels } from './kernels/kernels.ts';
import { plainKernels } from './kernels/plain-kernels.ts';
import { wasmKernels } from './kernels/wasm-kernels.ts';

/** The bytes of a page of WebAssembly memory, and the most pages that 32-bit addresses reach: 4 GiB. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

/** A parameter, and the arrays of its size that it needs: `parameter`, `gradient`, moments. */
export interface ArenaEntry {
  readonly path: string;
  readonly shape: readonly number[];
  readonly slots: readonly string[];
}

export interface ArenaOptions {
  /** The floats of the array that kernels use between reading and writing. */
  readonly scratchLength?: number;
  /** `plain` runs the kernels as JavaScript loops, which give the same bits. */
  readonly kernels?: 'wasm' | 'plain';
}

/** Where an array begins, in bytes, and its length in floats with the zeros that pad it. */
export interface Region {
  readonly address: number;
  readonly length: number;
}

/**
 * Arrays in one memory, which engines read and write through views and kernels update in place. Its size never changes,
 * since growing would detach the views; it is not shared, since not every runtime takes views of shared memory.
 */
export interface Arena {
  readonly buffer: ArrayBuffer;
  readonly kernels: Kernels;
  readonly scratch: Region;
  /** @throws ArgumentError when the path has no such slot */
  region(path: string, slot: string): Region;
  /** The array as a tensor of the parameter's shape: a view, not a copy. @throws ArgumentError when there is none */
  tensor(path: string, slot: string): HostTensor<'float32'>;
}

function padded(length: number): number {
  return Math.ceil(length / STRIDE) * STRIDE;
}

/** @param where what they do not fit into, said of the number of arrays for each parameter */
function tooLarge(
  entries: readonly ArenaEntry[],
  where: (arrays: number) => string,
  options?: ErrorOptions,
): MemoryLimitError {
  const count = entries.reduce((sum, { shape }) => sum + sizeOfShape(shape), 0).toLocaleString('en');
  const slots = [...new Set(entries.flatMap((entry) => entry.slots))];
  return new MemoryLimitError(
    `${count} parameters with up to ${slots.length} arrays each (${slots.join(', ')}) do not fit into ` +
      `${where(slots.length)}; freeze more of the model, or take an optimizer that keeps fewer arrays`,
    options,
  );
}

function inOneMemory(arrays: number): string {
  const most = Math.floor((MOST_PAGES * PAGE) / (4 * arrays)).toLocaleString('en');
  return `one WebAssembly memory of 4 GiB, which holds ${most} parameters with all of them`;
}

type Regions = ReadonlyMap<string, ReadonlyMap<string, Region>>;

/** Slot after slot, so that the arrays of one kind lie together. */
function place(entries: readonly ArenaEntry[], from: number): { regions: Regions; end: number } {
  const regions = new Map(entries.map(({ path }) => [path, new Map<string, Region>()]));
  let end = from;
  for (const slot of new Set(entries.flatMap(({ slots }) => slots))) {
    for (const { path, shape, slots } of entries) {
      if (!slots.includes(slot)) continue;
      const region = { address: end, length: padded(sizeOfShape(shape)) };
      regions.get(path)?.set(slot, region);
      end += 4 * region.length;
    }
  }
  return { regions, end };
}

function allocate(entries: readonly ArenaEntry[], bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES) throw tooLarge(entries, inOneMemory);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    const mebibytes = Math.ceil(bytes / 2 ** 20).toLocaleString('en');
    throw tooLarge(entries, () => `the memory of this system, which has no ${mebibytes} MiB left for them`, { cause });
  }
}

/**
 * Lays arrays of zeros out in one new memory, each aligned to 128 bytes.
 * @throws ArgumentError when two entries have the same path
 * @throws MemoryLimitError when they need more than 4 GiB (268 million parameters with four arrays each), or more than
 *   the system has
 */
export function allocateArena(entries: readonly ArenaEntry[], options: ArenaOptions = {}): Arena {
  const shapes = new Map(entries.map(({ path, shape }) => [path, shape]));
  const twice = entries.find(({ path, shape }) => shapes.get(path) !== shape);
  if (twice !== undefined) throw new ArgumentError(`two parameters have the path ${twice.path}`);
  const scratch = { address: 0, length: padded(options.scratchLength ?? 16_384) };
  const { regions, end } = place(entries, 4 * scratch.length);
  const memory = allocate(entries, end);
  const region = (path: string, slot: string): Region => {
    const found = regions.get(path)?.get(slot);
    if (found !== undefined) return found;
    throw new ArgumentError(`the arena has no ${slot} of ${path}`);
  };
  const tensor = (path: string, slot: string): HostTensor<'float32'> => {
    const shape = shapes.get(path) ?? [];
    return float32Tensor(new Float32Array(memory.buffer, region(path, slot).address, sizeOfShape(shape)), shape);
  };
  const kernels =
    options.kernels === 'plain' ? plainKernels(memory.buffer, scratch.address, scratch.length) : wasmKernels(memory);
  return { buffer: memory.buffer, kernels, scratch, region, tensor };
}
