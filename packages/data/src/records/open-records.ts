// The way from a source to records: gzip is undone, the format is found out, what is no text is refused.
import { ArgumentError } from '@sentence-mtl/core';
import { DataFileError } from '../errors.ts';
import type { RowProblem } from '../row-problem.ts';
import { readBytes, sourceName, type DataSource } from '../source/data-source.ts';
import { formatOfName, type DataFormat } from '../source/file-format.ts';
import { gunzip, isGzip } from '../source/gunzip.ts';
import { peek } from '../source/peek.ts';
import { refuseBinary } from '../source/signature.ts';
import { lineBlocks } from '../text/line-blocks.ts';
import { transcode, type TextEncoding } from '../text/transcode.ts';
import { formatOfHead } from './format-of-head.ts';
import { isParquet, parquetRecords } from './parquet.ts';
import type { RawRecord } from './raw-record.ts';
import { textRecords } from './text-records.ts';

export interface FormatOptions {
  /**
   * Default: as the name's ending says. Of a stream, which has none: JSON Lines where it begins with `{`, CSV where its
   * first line names a column of texts among others, else text.
   */
  readonly format?: DataFormat;
  /** Of the text formats. Default: UTF-8; UTF-16 and Latin-1 are then refused and named. */
  readonly encoding?: TextEncoding;
  /** Between the cells of CSV. Default: found out from the header among comma, tab, semicolon and bar. */
  readonly delimiter?: string;
  /** Whether quotes around a cell of CSV or TSV are marks (the default) and not text. */
  readonly quoted?: boolean;
  /** A longer line, or row of CSV, is a problem. Default: 8 MiB. */
  readonly maximumLineBytes?: number;
}

export interface OpenRecords {
  readonly file: string;
  /** Whether a record's values are columns, all present in each. */
  readonly isTable: boolean;
  /** Records and problems in the order of the file, many at once. */
  readonly blocks: AsyncIterable<readonly (RawRecord | RowProblem)[]>;
}

const HEAD_BYTES = 4096;
const LONGEST_LINE = 8 << 20;

/** @throws ArgumentError where an option could not be followed */
function checkOptions({ maximumLineBytes, delimiter }: FormatOptions): void {
  if (maximumLineBytes !== undefined && !(Number.isSafeInteger(maximumLineBytes) && maximumLineBytes > 0)) {
    throw new ArgumentError(`maximumLineBytes is ${maximumLineBytes}; a whole number of at least 1 is needed`);
  }
  if (delimiter !== undefined && !/^[^"\r\n\ufeff]$/.test(delimiter)) {
    throw new ArgumentError(
      `the delimiter is ${JSON.stringify(delimiter)}; one character that is no quote and no line break is needed`,
    );
  }
}

function openParquet(source: DataSource, file: string): OpenRecords {
  if (typeof source === 'string') return { file, isTable: true, blocks: parquetRecords(source) };
  throw new DataFileError(
    `cannot read ${file}: Parquet is not read from a stream, since its end comes first; give a path`,
  );
}

/**
 * Looks at the beginning of a source; its records are read when `blocks` is.
 *
 * @param wanted names of columns that tell the delimiter of a CSV's header
 * @throws ArgumentError where an option is none
 * @throws DataFileError where the source cannot be read, or is of a format that is not read here
 */
export async function openRecords(
  source: DataSource,
  options: FormatOptions,
  wanted: readonly string[],
): Promise<OpenRecords> {
  checkOptions(options);
  const file = sourceName(source);
  const { encoding = 'utf-8', maximumLineBytes = LONGEST_LINE, quoted = true, delimiter } = options;
  const raw = await peek(readBytes(source), HEAD_BYTES);
  try {
    const named = options.format ?? (typeof source === 'string' ? formatOfName(file) : undefined);
    if (named === 'parquet' || (named === undefined && isParquet(raw.head))) {
      await raw.close();
      return openParquet(source, file);
    }
    const { head, bytes } = isGzip(raw.head) ? await peek(gunzip(raw.bytes, file), HEAD_BYTES) : raw;
    if (encoding === 'utf-8') refuseBinary(head, file);
    const format = named ?? formatOfHead(new TextDecoder(encoding).decode(head), wanted);
    const text = encoding === 'utf-8' ? bytes : transcode(bytes, encoding, file);
    const limits = { file, maximumLineBytes };
    const cells = { ...limits, quoted, wanted, ...(delimiter === undefined ? {} : { delimiter }) };
    return {
      file,
      isTable: format === 'csv' || format === 'tsv',
      blocks: textRecords(format, lineBlocks(text, limits), cells),
    };
  } catch (error) {
    await raw.close();
    throw error;
  }
}
