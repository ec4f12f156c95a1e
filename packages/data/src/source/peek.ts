import { Buffer } from 'node:buffer';

/** The beginning of some bytes, and all of them. */
export interface Peeked {
  /** As many bytes as were asked for, or all where there are fewer. */
  readonly head: Buffer;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** For who does not read `bytes`: lets go of the file. */
  readonly close: () => Promise<void>;
}

/** Looks at the first `length` bytes and loses none. */
export async function peek(pieces: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = pieces[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let bytes = 0; bytes < length;) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    seen.push(value);
    bytes += value.length;
  }
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* seen;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      await close(); // Whoever stops within what was seen has not reached the iterator.
    }
  }
  return { head: Buffer.concat(seen).subarray(0, length), bytes: all(), close };
}
