// How long texts are in tokens: exactly, on a sample of rows that the seed draws, so that files of any size take seconds.
import { Random } from '@sentence-mtl/core';
import type { Row } from '@sentence-mtl/data';
import { sentenceTokenizer, type SentenceModelConfig, type SentenceTokenizer } from '@sentence-mtl/model';

export interface TokenLengths {
  /** Texts that were cut into tokens. */
  readonly sampled: number;
  /** Whether these are all texts. */
  readonly isExact: boolean;
  readonly median: number;
  readonly percentile95: number;
  readonly longest: number;
  /** The most tokens that training reads. */
  readonly limit: number;
  /** Texts of the sample that are longer. */
  readonly cut: number;
  /** UTF-8 bytes of the longest of all texts: no text has more tokens than these and two. */
  readonly longestBytes: number;
}

const SAMPLE = 20_000;
/** Texts, and UTF-16 units, that are cut into tokens at once. */
const AT_ONCE = { texts: 512, units: 1 << 20 } as const;
/** No text is cut off where its length is to be known. */
const UNLIMITED = 2 ** 30;

/** Measures a sample of the texts that it is shown: each has the same chance to be in it (reservoir sampling). */
export class TokenLengthSampler {
  readonly #tokenizer: SentenceTokenizer;
  readonly #limit: number;
  readonly #size: number;
  readonly #random: Random;
  readonly #lengths: number[] = [];
  #seen = 0;
  #longestBytes = 0;
  #waiting: { readonly text: string; readonly slot: number }[] = [];
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
    const slot = this.#seen < this.#size ? this.#seen : this.#random.integer(this.#seen + 1);
    this.#seen++;
    if (slot >= this.#size) return;
    this.#waiting.push({ text, slot });
    this.#waitingUnits += text.length;
    if (this.#waiting.length >= AT_ONCE.texts || this.#waitingUnits >= AT_ONCE.units) this.#measure();
  }

  #measure(): void {
    const encodings = this.#tokenizer.encode(this.#waiting.map(({ text }) => text));
    this.#waiting.forEach(({ slot }, index) => (this.#lengths[slot] = encodings[index]?.ids.length ?? 0));
    [this.#waiting, this.#waitingUnits] = [[], 0];
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
