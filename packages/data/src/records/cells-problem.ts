import type { CellFormat } from './parse-cells.ts';

/** What is wrong with a row, or undefined. */
export function cellsProblem(cells: readonly string[], columns: number, { delimiter }: CellFormat): string | undefined {
  if (cells.some((cell) => cell.includes('\0'))) return 'a cell has a NUL character; is this a text file?';
  if (cells.length === columns) return undefined;
  const has = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
  return `the row has ${has}, the header ${columns}; put quotes around a cell that contains ${JSON.stringify(delimiter)} or a line break`;
}
