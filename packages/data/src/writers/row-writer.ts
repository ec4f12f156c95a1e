/** A file that is written row by row. It has its name only when it is whole; until then it is `<path>.partial`. */
export interface RowWriter<Row> {
  /** How many rows a run before this one has left: their inputs are not to be written again. */
  readonly rowsBefore: number;
  /** Appends rows. @throws DataFileError where that fails */
  readonly write: (rows: readonly Row[]) => Promise<void>;
  /** Flushes the file to the disk and gives it its name. */
  readonly finish: () => Promise<void>;
  /** Closes the file and keeps what it has for a run that resumes. */
  readonly leave: () => Promise<void>;
}

export interface WriteOptions {
  /** Goes on with what a run before has left, where it has. Default: starts anew. */
  readonly resume?: boolean;
  /**
   * All that the rows depend on (input, model, options), as JSON values: a run with other settings cannot resume, since
   * its rows would not fit those before.
   */
  readonly settings?: Readonly<Record<string, unknown>>;
}
