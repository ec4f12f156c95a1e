// The one room that imports papaparse. Its push parser takes whole pieces of text, says how far it came, and reports
// broken quotes as values.
import papaparse from 'papaparse';

export interface CellFormat {
  readonly delimiter: string;
  /** Whether quotes around a cell are marks and not text. */
  readonly quoted: boolean;
}

/** Rows of cells up to the first whose quotes are broken. */
export interface ParsedCells {
  readonly rows: readonly (readonly string[])[];
  /** The number of characters that the rows take. What follows is a broken row, or one whose quotes are still open. */
  readonly length: number;
  /** Where a broken row follows, the index of the quote that is at fault. */
  readonly fault?: number;
}

/** The first quote from there on that is not doubled. */
function singleQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** The index behind so many lines. */
export function endOfLines(text: string, from: number, lines: number): number {
  let end = from;
  for (let line = 0; line < lines; line++) end = text.indexOf('\n', end) + 1;
  return end;
}

/** How many lines a row takes. */
export function lineCount(cells: readonly string[]): number {
  let count = 1;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++;
  }
  return count;
}

/** Cells of whole lines, which begin at a row's start and each end in a line feed. */
export function parseCells(lines: string, { delimiter, quoted }: CellFormat): ParsedCells {
  const config = { delimiter, newline: '\n', ...(quoted ? {} : { fastMode: true }) } as const;
  const { data, errors, meta } = new papaparse.Parser(config).parse(lines, 0, true);
  const [error] = errors;
  if (error === undefined) return { rows: data, length: meta.cursor };
  const rows = data.slice(0, error.row);
  const length = endOfLines(
    lines,
    0,
    rows.reduce((sum, cells) => sum + lineCount(cells), 0),
  );
  return { rows, length, fault: singleQuote(lines, error.index) };
}
