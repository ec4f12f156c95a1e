export interface TableOptions {
  /** Which columns are numbers, whose last digits stand below each other. Default: none. */
  readonly numeric?: readonly number[];
}

/** Rows in aligned columns, two spaces between them. The last column is not padded. */
export function textTable(rows: readonly (readonly string[])[], { numeric = [] }: TableOptions = {}): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const cell = (text: string, i: number): string =>
    numeric.includes(i) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}
