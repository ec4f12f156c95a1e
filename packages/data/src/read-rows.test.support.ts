import type { Row } from './row.ts';

/** Text or bytes as a stream of pieces. */
export async function* pieces(content: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A row without its place, with labels and columns as ordinary objects. */
export function plain(row: Row): object {
  const { file: _, line: __, kind: ___, ...rest } = row;
  return { ...rest, labels: { ...row.labels }, columns: { ...row.columns } };
}
