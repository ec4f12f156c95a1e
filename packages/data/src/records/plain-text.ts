import type { RowProblem } from '../row-problem.ts';
import { eachLine } from '../text/block-lines.ts';
import type { LineBlock } from '../text/line-blocks.ts';
import type { RawRecord } from './raw-record.ts';

/** Every line is a text, an empty one too, so that results stand in the lines of their texts. */
export function plainRecords(block: LineBlock, file: string): readonly (RawRecord | RowProblem)[] {
  const records: (RawRecord | RowProblem)[] = [];
  eachLine(block, (text, line) => {
    records.push(
      text.includes('\0')
        ? { kind: 'problem', file, line, message: 'the line has a NUL character; is this a text file?', raw: text }
        : { kind: 'record', line, fields: { text } },
    );
  });
  return records;
}
