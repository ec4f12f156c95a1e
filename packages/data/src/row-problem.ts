import type { Row } from './row.ts';

/** A row that cannot be read. */
export interface RowProblem {
  readonly kind: 'problem';
  readonly file: string;
  /** The line at which the row begins, from 1. */
  readonly line: number;
  /** What is wrong and what to do, without the place. */
  readonly message: string;
  /**
   * The row as it stands in the file, where it could be kept; bytes that are no text are U+FFFD. Of a row whose labels are
   * wrong its texts and labels, as JSON Lines have them.
   */
  readonly raw?: string;
}

/** What is wrong with the labels of a row that could be read. */
export function labelsProblem(row: Row, message: string): RowProblem {
  const { kind, file, line, labels } = row;
  const texts = kind === 'text' ? { text: row.text } : { text_a: row.textA, text_b: row.textB, score: row.score };
  return { kind: 'problem', file, line, message, raw: JSON.stringify({ ...texts, labels }) };
}

/** `file:line: what; what to do`. */
export function describeProblem({ file, line, message }: RowProblem): string {
  return `${file}:${line}: ${message}`;
}

/** The start of a text on one line and in quotes, for messages. */
export function excerpt(text: string, most = 40): string {
  return JSON.stringify(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}
