import type { Machine } from './machine.ts';

/** One line of the table: what was measured, and its figures. */
export type ReportRow = Readonly<Record<string, string | number>>;

function pad(text: string, width: number, numeric: boolean): string {
  return numeric ? text.padStart(width) : text.padEnd(width);
}

/** The rows as text in aligned columns; every row has the columns of the first. */
export function formatTable(rows: readonly ReportRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => `${row[name] ?? ''}`.length)));
  const line = (row: ReportRow): string =>
    columns.map((name, i) => pad(`${row[name] ?? ''}`, widths[i] ?? 0, typeof row[name] === 'number')).join('  ');
  const heads = Object.fromEntries(columns.map((name) => [name, name]));
  return [line(heads), ...rows.map(line)].map((text) => text.trimEnd()).join('\n');
}

/** Prints the table, unless only JSON is wanted, and as the last line the figures as one JSON object. */
export function report(
  name: string,
  machine: Machine,
  rows: readonly ReportRow[],
  figures: object,
  jsonOnly: boolean,
): void {
  if (!jsonOnly)
    console.log(`${name} on ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n\n${formatTable(rows)}\n`);
  console.log(JSON.stringify({ benchmark: name, ...figures, ...machine }));
}
