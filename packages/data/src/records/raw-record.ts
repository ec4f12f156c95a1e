/** What a format has for one row: values by name, nothing in them checked, and the line at which they begin, from 1. */
export interface RawRecord {
  readonly kind: 'record';
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The record as it stands in the file, where the format keeps it. */
  readonly raw?: string;
}
