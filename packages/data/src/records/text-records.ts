import type { RowProblem } from '../row-problem.ts';
import type { DataFormat } from '../source/file-format.ts';
import type { LineBlock } from '../text/line-blocks.ts';
import { DelimitedReader, type DelimitedOptions } from './delimited-reader.ts';
import { jsonRecords } from './json-lines.ts';
import { plainRecords } from './plain-text.ts';
import type { RawRecord } from './raw-record.ts';

type Items = readonly (RawRecord | RowProblem)[];

async function* delimitedRecords(
  blocks: AsyncIterable<LineBlock | RowProblem>,
  options: DelimitedOptions,
): AsyncGenerator<Items> {
  const reader = new DelimitedReader(options);
  for await (const block of blocks) {
    // A missing line must not join what stands before and behind it into one row.
    yield block.kind === 'lines' ? reader.read(block) : [...reader.end(), block];
  }
  yield reader.end();
}

/** Records and problems in the order of the file, as many at once as a block of lines has. */
export async function* textRecords(
  format: Exclude<DataFormat, 'parquet'>,
  blocks: AsyncIterable<LineBlock | RowProblem>,
  options: DelimitedOptions,
): AsyncGenerator<Items> {
  if (format === 'csv' || format === 'tsv') {
    yield* delimitedRecords(blocks, format === 'tsv' ? { delimiter: '\t', ...options } : options);
    return;
  }
  const parse = format === 'jsonl' ? jsonRecords : plainRecords;
  for await (const block of blocks) {
    yield block.kind === 'lines' ? parse(block, options.file) : [block];
  }
}
