// Where the lower part of a model is frozen, its outputs for a text are computed once. They depend, in their last bits,
// on the width that the text is padded to; so there a text always has the same one: the bucket of its length, where the
// layers above run on it, and else its own length.
import type { PrefixedStart } from '../program/prefix-program.ts';

/** Short widths go up by 8, longer ones by more, so that at most a quarter of a row is padding. */
const FINEST = 8;

/** The width of a text of `length` tokens: the length itself, up to a multiple of a step that grows with it. */
function bucketWidth(length: number): number {
  const step = Math.max(FINEST, 2 ** Math.floor(Math.log2(Math.max(1, length))) / 4);
  return Math.ceil(Math.max(1, length) / step) * step;
}

/**
 * The width at which a text of `length` tokens runs through what is frozen. Layers above run on batches of one width, and
 * few widths keep these large; heads see no tokens, so below them nothing needs to be padded.
 */
export function prefixWidth(length: number, start: PrefixedStart): number {
  return start.kind === 'layer' ? bucketWidth(length) : Math.max(1, length);
}

/** Examples by the bucket of their longest text, the narrowest first; their order stays within a bucket. */
export function byWidth(
  examples: readonly number[],
  lengths: ArrayLike<number>,
): ReadonlyMap<number, readonly number[]> {
  const widths = [...new Set(examples.map((example) => bucketWidth(lengths[example] ?? 0)))].toSorted((a, b) => a - b);
  return new Map(
    widths.map((width) => [width, examples.filter((example) => bucketWidth(lengths[example] ?? 0) === width)]),
  );
}
