import { unreachable } from '@sentence-mtl/core';
import type { Arena } from './arena.ts';
import type { UpdateOperation } from './gradient-transformation.ts';

/**
 * Runs the operations of one parameter's step in one pass over its memory: block by block, each block small enough to
 * stay in the core's own caches from the reading of its gradient to the writing of its parameter.
 */

/** Five arrays of this many floats take 80 kB. */
const BLOCK = 4_096;

/** Operations with the scaling at both ends split off, since the first kernel copies and the last one adds. */
interface Split {
  readonly first: number;
  readonly middle: readonly UpdateOperation[];
  readonly last: number;
}

function split(operations: readonly UpdateOperation[]): Split {
  const head = operations[0];
  const rest = head?.kind === 'scale' ? operations.slice(1) : operations;
  const tail = rest.at(-1);
  return {
    first: head?.kind === 'scale' ? head.factor : 1,
    middle: tail?.kind === 'scale' ? rest.slice(0, -1) : rest,
    last: tail?.kind === 'scale' ? tail.factor : 1,
  };
}

/** Runs an operation on the update of a block, given by where it begins in the parameter's arrays, in bytes. */
type BlockRunner = (at: number, length: number) => void;

/** Looks an operation's arrays up once, not once a block. */
function blockRunner(arena: Arena, path: string, operation: UpdateOperation): BlockRunner {
  const { kernels, scratch } = arena;
  const update = scratch.address;
  const addressOf = (slot: string): number => arena.region(path, slot).address;
  switch (operation.kind) {
    case 'scale':
      return (_, length) => kernels.scale(update, update, length, operation.factor);
    case 'clip':
      return (_, length) => kernels.clip(update, length, operation.maximum);
    case 'addParameter': {
      const parameter = addressOf('parameter');
      return (at, length) => kernels.addScaled(update, parameter + at, length, operation.factor);
    }
    case 'trace': {
      const { slot, momentum, fresh, nesterov } = operation;
      const trace = addressOf(slot);
      return (at, length) => kernels.trace(update, trace + at, length, momentum, fresh, nesterov);
    }
    case 'adam': {
      const { firstMoment, secondMoment, coefficients } = operation;
      const [first, second] = [addressOf(firstMoment), addressOf(secondMoment)];
      return (at, length) => kernels.adam(update, first + at, second + at, length, coefficients);
    }
    default:
      return unreachable(operation);
  }
}

function runByBlocks(arena: Arena, path: string, { first, middle, last }: Split): void {
  const { kernels, scratch } = arena;
  const { address: parameter, length } = arena.region(path, 'parameter');
  const gradient = arena.region(path, 'gradient').address;
  const runners = middle.map((operation) => blockRunner(arena, path, operation));
  const block = Math.min(BLOCK, scratch.length);
  for (let from = 0; from < length; from += block) {
    const size = Math.min(block, length - from);
    const at = 4 * from;
    kernels.scale(scratch.address, gradient + at, size, first);
    for (const run of runners) run(at, size);
    kernels.addScaled(parameter + at, scratch.address, size, last);
  }
}

/** Runs Adam, clipped by value or not, with decoupled decay or not, by its own kernel: the same bits in half the time. */
function runFused(arena: Arena, path: string, { first, middle, last }: Split): boolean {
  const clip = middle[0]?.kind === 'clip' ? middle[0] : undefined;
  const [adam, decay, ...more] = clip === undefined ? middle : middle.slice(1);
  if (adam?.kind !== 'adam' || more.length > 0 || (decay !== undefined && decay.kind !== 'addParameter')) return false;
  const { address, length } = arena.region(path, 'parameter');
  const addressOf = (slot: string): number => arena.region(path, slot).address;
  const moments = [addressOf(adam.firstMoment), addressOf(adam.secondMoment)] as const;
  const arrays = [address, addressOf('gradient'), ...moments] as const;
  const maximum = clip?.maximum ?? Infinity;
  arena.kernels.adamw(...arrays, length, first, maximum, adam.coefficients, decay?.factor ?? 0, last);
  return true;
}

export interface UpdateOptions {
  /** Whether chains that have a kernel of their own run on it; true unless given. */
  readonly fuse?: boolean;
}

/** Turns the gradient of a parameter into its update and adds it, in place. */
export function runUpdate(
  arena: Arena,
  path: string,
  operations: readonly UpdateOperation[],
  { fuse = true }: UpdateOptions = {},
): void {
  const parts = split(operations);
  if (fuse && runFused(arena, path, parts)) return;
  runByBlocks(arena, path, parts);
}
