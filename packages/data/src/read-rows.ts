// A file becomes rows in four stages: bytes → blocks of lines → records of the format → rows. What is wrong with a row
// travels along as a value, so that reading can go on behind it.
import { BadRowsError, DataFileError } from './errors.ts';
import { openRecords, type FormatOptions } from './records/open-records.ts';
import type { RowProblem } from './row-problem.ts';
import type { Row } from './row.ts';
import { checkTable, nameColumns, type ColumnRoles } from './rows/column-roles.ts';
import { rowOfRecord } from './rows/row-of-record.ts';
import type { DataSource } from './source/data-source.ts';

export interface ReadOptions extends FormatOptions {
  readonly columns?: ColumnRoles;
  /**
   * Takes each row that cannot be read, and reading goes on behind it. Without it reading stops at the first such row
   * with a {@link BadRowsError} that lists up to 20 of them.
   */
  readonly onBadRow?: (problem: RowProblem) => void | Promise<void>;
}

const MOST_PROBLEMS = 20;
/** How many blocks of files are looked at for more problems behind the first. */
const BLOCKS_AHEAD = 256;

/** Rows and problems of a source, many at once. */
async function* rowItems(source: DataSource, options: ReadOptions): AsyncGenerator<readonly (Row | RowProblem)[]> {
  const roles = options.columns ?? {};
  const { text, textA, textB } = nameColumns(roles, false);
  const { file, isTable, blocks } = await openRecords(source, options, [text, textA, textB]);
  const columns = nameColumns(roles, isTable);
  let isChecked = !isTable;
  let isEmpty = true;
  for await (const block of blocks) {
    const first = isChecked ? undefined : block.find(({ kind }) => kind === 'record');
    if (first?.kind === 'record') {
      checkTable(Object.keys(first.fields), roles, columns, file);
      isChecked = true;
    }
    if (block.length > 0) isEmpty = false;
    yield block.map((item) => (item.kind === 'problem' ? item : rowOfRecord(item, file, columns)));
  }
  if (isEmpty) throw new DataFileError(`${file} has no rows; is it the right file?`);
}

function asList(sources: DataSource | readonly DataSource[]): readonly DataSource[] {
  return typeof sources === 'string' || 'bytes' in sources ? [sources] : sources;
}

function isRow(item: Row | RowProblem): item is Row {
  return item.kind !== 'problem';
}

/**
 * The rows of files and streams as {@link readRows} gives them, many at once, which is faster.
 *
 * @throws DataFileError where a file is missing, empty, not of text, or broken beyond a row
 * @throws BadRowsError where rows cannot be read and `onBadRow` is not given
 */
export async function* readRowBlocks(
  sources: DataSource | readonly DataSource[],
  options: ReadOptions = {},
): AsyncGenerator<readonly Row[]> {
  const problems: RowProblem[] = [];
  let blocksAhead = BLOCKS_AHEAD;
  for (const source of asList(sources)) {
    for await (const items of rowItems(source, options)) {
      const rows: Row[] = [];
      for (const item of items) {
        if (!isRow(item)) await (options.onBadRow ?? ((problem) => void problems.push(problem)))(item);
        else if (problems.length === 0) rows.push(item);
      }
      if (rows.length > 0) yield rows;
      if (problems.length === 0) continue;
      // A stream may be in no hurry to go on: what has come of it must do.
      const isEnough = problems.length >= MOST_PROBLEMS || typeof source !== 'string' || blocksAhead-- === 0;
      if (isEnough) throw new BadRowsError(problems.slice(0, MOST_PROBLEMS));
    }
  }
  if (problems.length > 0) throw new BadRowsError(problems);
}

/**
 * The rows of files and streams, each with its file and line, in their order and in bounded memory.
 *
 * ```ts
 * for await (const row of readRows('train.csv')) console.log(row.line, row.labels);
 * ```
 *
 * @throws DataFileError where a file is missing, empty, not of text, or broken beyond a row
 * @throws BadRowsError where rows cannot be read and `onBadRow` is not given
 */
export async function* readRows(
  sources: DataSource | readonly DataSource[],
  options: ReadOptions = {},
): AsyncGenerator<Row> {
  for await (const rows of readRowBlocks(sources, options)) {
    for (const row of rows) yield row;
  }
}
