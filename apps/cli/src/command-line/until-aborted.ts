/**
 * The values of a source until a signal aborts: then it ends, also while the source has nothing to give. Whoever reads
 * asks the signal whether it was the end.
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  let ended = false;
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), aborted]);
      ended = next !== 'aborted' && next.done === true;
      if (next === 'aborted' || next.done === true) return;
      yield next.value;
    }
  } finally {
    // A source that is waiting would answer after its wait only: it is told, not waited for.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
