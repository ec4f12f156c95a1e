// How long texts are in tokens: exactly, on a sample of rows that the seed draws, so that files of any size take seconds.
import { Random } from '@sentence-mtl/core';
import { ownText, type Row } from '@sentence-mtl/data';
import { sentenceTokenizer, type SentenceModelConfig, type SentenceTokenizer } from '@sentence-mtl/model';
import type { TextLengths } from '@sentence-mtl/report';

export interface TokenLengths extends Omit<TextLengths, 'counts'> {
  /** UTF-8 bytes of the longest of all texts: no text has more tokens than these and two. */
  readonly longestBytes: number;
}

const SAMPLE = 20_000;
/** UTF-16 units of texts that wait. Most samples have fewer, so that only texts that stay in them are cut into tokens. */
const WAITING_UNITS = 1 << 22;
/** Texts that are cut into tokens at once. */
const AT_ONCE = 64;
/** No text is cut off where its length is to be known. */
const UNLIMITED = 2 ** 30;

/**
 * Measures a sample of the texts that it is shown: each has the same chance to be in it. Texts that are passed over are
 * counted only (reservoir sampling, algorithm L of K.-H. Li 1994).
 */
export class TokenLengthSampler {
  readonly #tokenizer: SentenceTokenizer;
  readonly #limit: number;
  readonly #size: number;
  readonly #random: Random;
  readonly #lengths: number[] = [];
  #seen = 0;
  /** The text, from 0, that is sampled next. */
  #next = 0;
  /** The largest of as many uniform draws as the sample has texts, if each text had drawn one and the least are sampled. */
  #largest = 1;
  #longestBytes = 0;
  /** By their places in the sample. */
  readonly #waiting = new Map<number, string>();
  #waitingUnits = 0;

  /** @throws TokenizerFileError where the model's tokenizer is broken */
  constructor(config: SentenceModelConfig, maxLength: number, seed: number, size: number = SAMPLE) {
    this.#tokenizer = sentenceTokenizer({ ...config, maximumLength: UNLIMITED });
    this.#limit = Math.min(maxLength, config.maximumLength);
    this.#size = size;
    this.#random = Random.of(seed).split('token lengths');
  }

  add(row: Row): void {
    if (row.kind === 'text') this.#addText(row.text);
    else [row.textA, row.textB].forEach((text) => this.#addText(text));
  }

  #addText(text: string): void {
    // A UTF-16 unit is at most 3 bytes: most texts need no counting.
    if (3 * text.length > this.#longestBytes)
      this.#longestBytes = Math.max(this.#longestBytes, Buffer.byteLength(text));
    if (this.#seen === this.#next) this.#sample(text);
    this.#seen++;
  }

  #sample(text: string): void {
    const slot = this.#seen < this.#size ? this.#seen : this.#random.integer(this.#size);
    this.#waitingUnits += text.length - (this.#waiting.get(slot)?.length ?? 0);
    this.#waiting.set(slot, ownText(text));
    if (this.#waitingUnits >= WAITING_UNITS) this.#measure();
    this.#next = this.#seen + 1 + (this.#seen + 1 < this.#size ? 0 : this.#skipped());
  }

  /** How many texts to pass over. */
  #skipped(): number {
    const logUniform = (): number => Math.log(1 - this.#random.uniform());
    this.#largest *= Math.exp(logUniform() / this.#size);
    return Math.floor(logUniform() / Math.log1p(-this.#largest));
  }

  #measure(): void {
    const waiting = [...this.#waiting];
    for (let from = 0; from < waiting.length; from += AT_ONCE) {
      const some = waiting.slice(from, from + AT_ONCE);
      const encodings = this.#tokenizer.encode(some.map(([, text]) => text));
      some.forEach(([slot], index) => (this.#lengths[slot] = encodings[index]?.ids.length ?? 0));
    }
    this.#waiting.clear();
    this.#waitingUnits = 0;
  }

  /** Pairs of a length and how many texts of the sample have it, the shortest first. */
  counts(): readonly (readonly [number, number])[] {
    this.#measure();
    const counts = new Map<number, number>();
    for (const length of this.#lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
    return [...counts].toSorted(([a], [b]) => a - b);
  }

  /** Undefined where there was no text. */
  report(): TokenLengths | undefined {
    this.#measure();
    if (this.#seen === 0) return undefined;
    const sorted = Int32Array.from(this.#lengths).sort();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return {
      sampled: sorted.length,
      isExact: this.#seen <= this.#size,
      median: at(0.5),
      percentile95: at(0.95),
      longest: at(1),
      limit: this.#limit,
      cut: sorted.filter((length) => length > this.#limit).length,
      longestBytes: this.#longestBytes,
    };
  }
}
