import { ArgumentError, type Random } from '@sentence-mtl/core';

/** A number that is computed of some rows; a row may stand there several times. Undefined where they allow none. */
export type Statistic = (rows: Uint32Array) => number | undefined;

export interface BootstrapOptions {
  /** Resample i draws from the stream below it labelled i. */
  readonly random: Random;
  /** 1000 unless given. */
  readonly resamples?: number;
  /** The share of resamples that lie inside the interval; 0.95 unless given. */
  readonly confidence?: number;
}

/** The rows of resample i: as many as there are, drawn with replacement. */
function draw(random: Random, resample: number, into: Uint32Array): void {
  const stream = random.split(resample);
  for (let i = 0; i < into.length; i++) into[i] = stream.integer(into.length);
}

/**
 * Each statistic of the same resamples of `rowCount` rows, in their order; resamples for which one is undefined are left
 * out. The array that statistics are given is used again for the next resample.
 * @throws ArgumentError unless the number of resamples is an integer from 1
 */
export function resample(
  rowCount: number,
  statistics: readonly Statistic[],
  { random, resamples = 1000 }: BootstrapOptions,
): readonly (readonly number[])[] {
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new ArgumentError(`${resamples} resamples: it must be an integer from 1`);
  }
  const values: number[][] = [];
  const scratch = new Uint32Array(rowCount);
  for (let i = 0; i < (rowCount === 0 ? 0 : resamples); i++) {
    draw(random, i, scratch);
    const drawn = statistics.map((statistic) => statistic(scratch));
    if (drawn.every((value) => value !== undefined)) values.push(drawn);
  }
  return values;
}
