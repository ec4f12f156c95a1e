// A file becomes rows in four stages: bytes → blocks of lines → records of the format → rows. What is wrong with a row
// travels along as a value, so that reading can go on behind it.
import { BadRowsError, DataFileError } from './errors.ts';
import { recordsOf } from './records/records-of.ts';
import type { RowProblem } from './row-problem.ts';
import type { Row } from './row.ts';
import { checkTable, nameColumns, type ColumnRoles } from './rows/column-roles.ts';
import { rowOfRecord } from './rows/row-of-record.ts';
import { readBytes, sourceName, type DataSource } from './source/data-source.ts';
import { formatOfHead, formatOfName, type DataFormat } from './source/file-format.ts';
import { peek } from './source/peek.ts';
import { refuseBinary } from './source/signature.ts';
import { lineBlocks } from './text/line-blocks.ts';

export interface ReadOptions {
  /** Default: as the name's ending says; of a stream without one, JSON Lines where it begins with `{`, else text. */
  readonly format?: DataFormat;
  readonly columns?: ColumnRoles;
  /** Between the cells of CSV. Default: found out from the header among comma, tab, semicolon and bar. */
  readonly delimiter?: string;
  /** Whether quotes around a cell of CSV or TSV are marks (the default) and not text. */
  readonly quoted?: boolean;
  /** A longer line, or row of CSV, is a problem. Default: 8 MiB. */
  readonly maximumLineBytes?: number;
  /**
   * Takes each row that cannot be read, and reading goes on behind it. Without it reading stops at the first such row
   * with a {@link BadRowsError} that lists up to 20 of them.
   */
  readonly onBadRow?: (problem: RowProblem) => void | Promise<void>;
}

const HEAD_BYTES = 4096;
const MOST_PROBLEMS = 20;
/** How many blocks of a file are looked at for more problems behind the first. */
const BLOCKS_AHEAD = 64;

/** Rows and problems, as many at once as a block of lines has. */
async function* rowItems(source: DataSource, options: ReadOptions): AsyncGenerator<readonly (Row | RowProblem)[]> {
  const file = sourceName(source);
  const { head, bytes } = await peek(readBytes(source), HEAD_BYTES);
  refuseBinary(head, file);
  const isPath = typeof source === 'string';
  const format = options.format ?? (isPath ? formatOfName(file) : formatOfHead(head));
  const columns = nameColumns(options.columns ?? {}, format === 'csv' || format === 'tsv');
  const { maximumLineBytes = 8 << 20, quoted = true, delimiter } = options;
  const records = recordsOf(format, lineBlocks(bytes, { file, maximumLineBytes }), {
    file,
    quoted,
    maximumLineBytes,
    wanted: [columns.text, columns.textA, columns.textB],
    ...(delimiter === undefined ? {} : { delimiter }),
  });
  let isChecked = !columns.isTable;
  for await (const block of records) {
    const first = isChecked ? undefined : block.find(({ kind }) => kind === 'record');
    if (first?.kind === 'record') {
      checkTable(Object.keys(first.fields), options.columns ?? {}, columns, file);
      isChecked = true;
    }
    yield block.map((item) => (item.kind === 'problem' ? item : rowOfRecord(item, file, columns)));
  }
}

/**
 * The rows of a file or stream, each with its file and line, in the file's order and in bounded memory.
 *
 * ```ts
 * for await (const row of readRows('train.csv')) console.log(row.line, row.labels);
 * ```
 *
 * @throws DataFileError where the file is missing, empty, not of text, or broken beyond a row
 * @throws BadRowsError where rows cannot be read and `onBadRow` is not given
 */
export async function* readRows(source: DataSource, options: ReadOptions = {}): AsyncGenerator<Row> {
  const { onBadRow } = options;
  const problems: RowProblem[] = [];
  let blocksAhead = typeof source === 'string' ? BLOCKS_AHEAD : 0;
  let isEmpty = true;
  for await (const items of rowItems(source, options)) {
    for (const item of items) {
      isEmpty = false;
      if (item.kind === 'problem') {
        if (onBadRow === undefined) problems.push(item);
        else await onBadRow(item);
      } else if (problems.length === 0) yield item;
      if (problems.length === MOST_PROBLEMS) throw new BadRowsError(problems);
    }
    if (problems.length > 0 && blocksAhead-- === 0) break;
  }
  if (problems.length > 0) throw new BadRowsError(problems);
  if (isEmpty) throw new DataFileError(`${sourceName(source)} has no rows; is it the right file?`);
}
