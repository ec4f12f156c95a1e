import type { SparseMatrix } from '../sparse-matrix.ts';

/** How often each text has each of its terms; `columnOf` tells the column of a term, undefined to leave it out. */
export function countTerms(
  texts: readonly string[],
  termsOf: (text: string) => readonly string[],
  columnOf: (term: string) => number | undefined,
): Omit<SparseMatrix, 'columnCount'> {
  const columns: number[] = [];
  const counts: number[] = [];
  const rowStarts = new Uint32Array(texts.length + 1);
  const ofText = new Map<number, number>();
  texts.forEach((text, row) => {
    ofText.clear();
    for (const term of termsOf(text)) {
      const column = columnOf(term);
      if (column !== undefined) ofText.set(column, (ofText.get(column) ?? 0) + 1);
    }
    for (const [column, count] of ofText) {
      columns.push(column);
      counts.push(count);
    }
    rowStarts[row + 1] = (rowStarts[row] ?? 0) + ofText.size;
  });
  return { rowCount: texts.length, rowStarts, columns: new Uint32Array(columns), values: new Float64Array(counts) };
}

/** How many rows have each column. */
export function documentCounts({ columnCount, columns }: SparseMatrix): Float64Array {
  const counts = new Float64Array(columnCount);
  for (const column of columns) counts[column] = (counts[column] ?? 0) + 1;
  return counts;
}

/** Only some columns, numbered anew in their order. */
export function keepColumns(matrix: SparseMatrix, isKept: (column: number) => boolean): SparseMatrix {
  const { rowCount, columnCount, rowStarts, columns, values } = matrix;
  let columnsKept = 0;
  const places = Array.from({ length: columnCount }, (_, column) => (isKept(column) ? columnsKept++ : -1));
  if (columnsKept === columnCount) return matrix;
  const keptStarts = new Uint32Array(rowCount + 1);
  const [keptColumns, keptValues]: [number[], number[]] = [[], []];
  for (let row = 0; row < rowCount; row++) {
    for (let i = rowStarts[row] ?? 0; i < (rowStarts[row + 1] ?? 0); i++) {
      const place = places[columns[i] ?? 0] ?? -1;
      if (place === -1) continue;
      keptColumns.push(place);
      keptValues.push(values[i] ?? 0);
    }
    keptStarts[row + 1] = keptValues.length;
  }
  return {
    rowCount,
    columnCount: columnsKept,
    rowStarts: keptStarts,
    columns: new Uint32Array(keptColumns),
    values: new Float64Array(keptValues),
  };
}
