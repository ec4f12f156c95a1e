import type { Row } from '@sentence-mtl/data';
import type { Tasks } from '@sentence-mtl/heads';

/** A labelled row of training or validation data. */
export interface Example {
  /** One text, a pair, or as many as a task compares. */
  readonly texts: readonly string[];
  /** By task; null, undefined or absent where there is none. */
  readonly labels: Readonly<Record<string, unknown>>;
  /** Where it stands, for messages: `train.jsonl:17`. */
  readonly place: string;
}

/** A row of a file as an example. A pair's score is its label for every task of kind `pair-similarity` without one. */
export function exampleOf(row: Row, tasks: Tasks): Example {
  const place = `${row.file}:${row.line}`;
  if (row.kind === 'text') return { texts: [row.text], labels: row.labels, place };
  const scored = Object.entries(tasks).filter(
    ([name, { kind }]) => kind === 'pair-similarity' && (row.labels[name] ?? null) === null,
  );
  const scores = scored.map(([name]) => [name, row.score] as const);
  return { texts: [row.textA, row.textB], labels: { ...row.labels, ...Object.fromEntries(scores) }, place };
}
