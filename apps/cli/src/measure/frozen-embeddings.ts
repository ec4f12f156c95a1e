import type { DenseMatrix } from '@sentence-mtl/baselines';
import type { SentenceEncoder } from '@sentence-mtl/model';

/** Embeddings of an encoder that is not trained, each text encoded once however many tasks ask for it. */
export class FrozenEmbeddings {
  readonly #encoder: SentenceEncoder;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Float32Array>();

  constructor(encoder: SentenceEncoder, signal: AbortSignal) {
    this.#encoder = encoder;
    this.#signal = signal;
  }

  /** (N, D), of length 1. @throws the signal's reason, where it aborts */
  async of(texts: readonly string[]): Promise<DenseMatrix> {
    const unknown = [...new Set(texts)].filter((text) => !this.#known.has(text));
    const width = this.#encoder.dimension;
    const { data } = await this.#encoder.encode(unknown, { normalize: true, signal: this.#signal });
    unknown.forEach((text, row) => this.#known.set(text, data.subarray(row * width, (row + 1) * width)));
    const values = new Float32Array(texts.length * width);
    texts.forEach((text, row) => values.set(this.#known.get(text) ?? [], row * width));
    return { values, columnCount: width };
  }
}
