import { ArgumentError } from '@sentence-mtl/core';

/** How many rows go together: a count, or as many as keep rows × longest row within a number of tokens. */
export type BatchLimit = { readonly batchSize: number } | { readonly tokenBudget: number };

export interface LengthBatches {
  /** Rows of each batch, as indices into `lengths`; the longest rows come first, so that the first batch needs most memory. */
  readonly batches: readonly (readonly number[])[];
  /** The part of all tokens that is padding, from 0 to 1. */
  readonly paddingFraction: number;
}

function checkedLimit(limit: BatchLimit): number {
  const [name, value] = 'batchSize' in limit ? ['batchSize', limit.batchSize] : ['tokenBudget', limit.tokenBudget];
  if (Number.isInteger(value) && value >= 1) return value;
  throw new ArgumentError(`${name} is ${value}; a whole number of at least 1 is needed`);
}

/**
 * Rows of like length together, so that little is padded. A row longer than the token budget is a batch by itself.
 * Rows of equal length keep their order.
 *
 * @throws ArgumentError where the limit is not a whole number of at least 1
 */
export function batchesByLength(lengths: readonly number[], limit: BatchLimit): LengthBatches {
  const most = checkedLimit(limit);
  const lengthOf = (row: number): number => lengths[row] ?? 0;
  const order = lengths.map((_, row) => row).toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const batches: number[][] = [];
  let padded = 0;
  for (let start = 0; start < order.length;) {
    const longest = Math.max(1, lengthOf(order[start] ?? 0));
    const size = 'batchSize' in limit ? most : Math.max(1, Math.floor(most / longest));
    const rows = order.slice(start, start + size);
    batches.push(rows);
    padded += rows.length * longest;
    start += size;
  }
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return { batches, paddingFraction: padded === 0 ? 0 : 1 - tokens / padded };
}
