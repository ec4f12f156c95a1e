import { ArgumentError } from '../errors.ts';
import { normalQuantile } from './normal-quantile.ts';
import { philox, type PhiloxStream } from './philox.ts';
import { seedStream, splitStream, type StreamLabel } from './split-stream.ts';
import { weightedIndex } from './weighted-index.ts';

/** The number of values of a 32-bit word. */
const WORD = 2 ** 32;

function integerWithin(value: number, least: number, most: number, what: string): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ArgumentError(`${what} is ${value}; it must be an integer from ${least} to ${most}`);
}

/**
 * A stream of random numbers, told from all others by a seed and the labels of its splits. What it gives depends on
 * these alone, never on what other streams gave: split by purpose, epoch or step, and index, and nothing needs saving.
 *
 * ```ts
 * const order = Random.of(42).split('shuffle', epoch).permutation(rows.length);
 * ```
 */
export class Random {
  readonly #stream: PhiloxStream;
  readonly #block = new Uint32Array(4);
  #blocks = 0;
  #unused = 0;

  private constructor(stream: PhiloxStream) {
    this.#stream = stream;
  }

  /** The root stream of a seed. @throws ArgumentError unless the seed is an integer from 0 to 2⁵³ - 1 */
  static of(seed: number): Random {
    return new Random(seedStream(seed));
  }

  /**
   * The stream below this one with these labels, at its beginning: a pure function of both, whatever was drawn here.
   * @throws ArgumentError unless each label is a string or an integer from 0 to 2⁵³ - 1
   */
  split(...labels: readonly [StreamLabel, ...StreamLabel[]]): Random {
    return new Random(labels.reduce(splitStream, this.#stream));
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    return ((this.#word() >>> 5) * 2 ** 26 + (this.#word() >>> 6)) * 2 ** -53;
  }

  /** Normal with mean 0 and variance 1. */
  normal(): number {
    return normalQuantile(((this.#word() >>> 6) * 2 ** 26 + (this.#word() >>> 6) + 0.5) * 2 ** -52);
  }

  /** An integer from 0 to below - 1, all equally likely. @throws ArgumentError unless below is from 1 to 2³² */
  integer(below: number): number {
    integerWithin(below, 1, WORD, 'the number of integers to draw from');
    const even = WORD - (WORD % below);
    let word = this.#word();
    while (word >= even) word = this.#word();
    return word % below;
  }

  /** The integers from 0 to n - 1 in an order of which all are equally likely (Fisher and Yates). */
  permutation(n: number): Uint32Array {
    integerWithin(n, 0, WORD, 'the length of a permutation');
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const moved = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = moved;
    }
    return order;
  }

  /** k different integers from 0 to n - 1, in random order, in time and memory of k. @throws ArgumentError if k > n */
  choice(n: number, k: number): Uint32Array {
    integerWithin(n, 0, WORD, 'the number of integers to choose from');
    integerWithin(k, 0, n, 'the number of integers to choose');
    const moved = new Map<number, number>();
    return Uint32Array.from({ length: k }, (_, i) => {
      const j = i + this.integer(n - i);
      const chosen = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
      return chosen;
    });
  }

  /**
   * An index, likely in proportion to its weight.
   * @throws ArgumentError unless weights are finite, none is negative and one is positive
   */
  weightedChoice(weights: ArrayLike<number>): number {
    return weightedIndex(weights, this.uniform());
  }

  /** Fills an array with uniform draws from [low, high), rounded to float32 (which can give `high` itself). */
  fillUniform(into: Float32Array, low = 0, high = 1): void {
    this.#fill(into, (word) => low + (high - low) * ((word >>> 8) * 2 ** -24));
  }

  /** Fills an array with normal draws, rounded to float32. */
  fillNormal(into: Float32Array, mean = 0, standardDeviation = 1): void {
    this.#fill(into, (word) => mean + standardDeviation * normalQuantile((word + 0.5) * 2 ** -32));
  }

  #fill(into: Float32Array, draw: (word: number) => number): void {
    const words = this.#block;
    for (let at = 0; at < into.length; at += 4) {
      this.#nextBlock();
      for (let i = 0; i < 4 && at + i < into.length; i++) into[at + i] = draw(words[i] ?? 0);
    }
    this.#unused = 0;
  }

  #word(): number {
    if (this.#unused === 0) this.#nextBlock();
    return this.#block[4 - this.#unused--] ?? 0;
  }

  #nextBlock(): void {
    philox(this.#stream, this.#blocks >>> 0, Math.floor(this.#blocks / WORD), this.#block, 0);
    this.#blocks++;
    this.#unused = 4;
  }
}
