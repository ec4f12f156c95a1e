// Texts from a source without end: a window of them is read, encoded with like lengths together, given out in order,
// and forgotten.
import { ArgumentError } from '@sentence-mtl/core';
import { checkTexts } from './check-texts.ts';
import type { EmbeddingPrecision, Embeddings } from './embeddings.ts';
import type { BatchOptions, SentenceOptions } from './encode-options.ts';

/** Most texts of a window: enough that batches hardly pad. */
const WINDOW_TEXTS = 1024;

/** Most UTF-16 units of a window, but for one text that has more. */
const WINDOW_UNITS = 4_000_000;

export interface StreamOptions<P extends EmbeddingPrecision = EmbeddingPrecision>
  extends BatchOptions, SentenceOptions<P> {}

/** A text of a stream with its embedding. */
export interface StreamedEmbedding<P extends EmbeddingPrecision = EmbeddingPrecision> {
  /** Its number in the stream, from 0. */
  readonly row: number;
  readonly text: string;
  readonly embedding: Embeddings<P>['data'];
}

type Source = AsyncIterable<string> | Iterable<string>;

function iteratorOf(source: Source): AsyncIterator<string> | Iterator<string> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
}

/** The texts of a source; ends with the signal's reason even while the source has nothing to give. */
async function* untilAborted(source: Source, signal: AbortSignal | undefined): AsyncGenerator<string, void, undefined> {
  const iterator = iteratorOf(source);
  let ended = false;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
  });
  signal?.addEventListener('abort', stop);
  aborted.catch(() => undefined); // It is raced below; where the source ends first, nobody waits for it.
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = await Promise.race([iterator.next(), aborted]);
      ended = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // A source that is waiting would answer after its wait only: it is told, not waited for.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}

async function* windows(
  source: Source,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly string[], void, undefined> {
  let texts: string[] = [];
  let units = 0;
  let row = 0;
  for await (const text of untilAborted(source, signal)) {
    checkTexts([text], row++);
    if (texts.length === WINDOW_TEXTS || (texts.length > 0 && units + text.length > WINDOW_UNITS)) {
      yield texts;
      [texts, units] = [[], 0];
    }
    texts.push(text);
    units += text.length;
  }
  if (texts.length > 0) yield texts;
}

/**
 * Encodes the texts of a stream by windows, in order.
 *
 * @param encode encodes one window
 * @throws ArgumentError where `int8` or `uint8` come without ranges, which a stream cannot know beforehand
 */
export async function* encodeStream<P extends EmbeddingPrecision>(
  source: Source,
  options: StreamOptions<P>,
  encode: (texts: readonly string[]) => Promise<Embeddings<P>>,
): AsyncGenerator<StreamedEmbedding<P>, void, undefined> {
  const { precision, ranges, signal } = options;
  if ((precision === 'int8' || precision === 'uint8') && ranges === undefined) {
    throw new ArgumentError(
      `${precision} of a stream needs ranges: the quantizationRanges of embeddings that stand for all of it`,
    );
  }
  let row = 0;
  for await (const texts of windows(source, signal)) {
    const { data, shape } = await encode(texts);
    const [, columns] = shape;
    for (const [index, text] of texts.entries()) {
      yield {
        row: row++,
        text,
        embedding: data.slice(index * columns, (index + 1) * columns) as Embeddings<P>['data'],
      };
    }
  }
}
