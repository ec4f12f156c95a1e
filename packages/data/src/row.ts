/** A label as the file has it: nothing is converted before the kind of its task is known. `null` is a missing label. */
export type LabelValue = string | number | boolean | readonly (string | number)[] | null;

/** What every row knows: where it stands, its labels by task, and what else stood in it. */
interface PlacedRow {
  /** The file's path as it was given, or the name of the stream. */
  readonly file: string;
  /** The line at which the row begins, from 1; in Parquet the row's number, from 1. */
  readonly line: number;
  /** By task. It inherits nothing: any name, `constructor` too, is either a label of this row or undefined. */
  readonly labels: Readonly<Record<string, LabelValue>>;
  /** All that is neither text, score nor label, by name. It inherits nothing. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** One text. */
export interface TextRow extends PlacedRow {
  readonly kind: 'text';
  readonly text: string;
}

/** Two texts that are compared. */
export interface PairRow extends PlacedRow {
  readonly kind: 'pair';
  readonly textA: string;
  readonly textB: string;
  /** How alike they are, on the file's own scale; null where it is not said. */
  readonly score: number | null;
}

export type Row = TextRow | PairRow;
