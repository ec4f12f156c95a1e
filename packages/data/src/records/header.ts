import { DataFileError } from '../errors.ts';
import { parseCells } from './parse-cells.ts';

const DELIMITERS = [',', '\t', ';', '|'];

/**
 * The delimiter with which the header has most columns; one with which it has a column that is looked for goes first.
 *
 * @param lines the first lines of the file
 * @param wanted names of columns that a header may have
 */
export function findDelimiter(lines: string, wanted: readonly string[], quoted: boolean): string {
  const scores = DELIMITERS.map((delimiter) => {
    const names = parseCells(lines, { delimiter, quoted }).rows[0] ?? [];
    return names.length + (names.some((name) => wanted.includes(name.trim())) ? lines.length : 0);
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ',';
}

/**
 * The names of the columns, without the spaces around them.
 *
 * @throws DataFileError where two columns have one name
 */
export function columnNames(cells: readonly string[], file: string, line: number): readonly string[] {
  const names = cells.map((name) => name.trim());
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new DataFileError(`${file}:${line}: two columns are named ${JSON.stringify(twice)}; rename one`);
}
