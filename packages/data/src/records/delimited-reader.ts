// CSV, TSV and the like (RFC 4180): text to records, each with the line at which it begins. A row may span lines, so
// what is left of a block waits for the next one. Line breaks inside of cells become line feeds.
import { DataFileError } from '../errors.ts';
import type { RowProblem } from '../row-problem.ts';
import { decodeText } from '../text/block-lines.ts';
import type { LineBlock } from '../text/line-blocks.ts';
import { endOfLines, lineCount, parseCells, type CellFormat, type ParsedCells } from './parse-cells.ts';
import { columnNames, findDelimiter } from './header.ts';
import type { RawRecord } from './raw-record.ts';
import { cellsProblem } from './cells-problem.ts';
import { fieldsOf } from './fields-of.ts';

export interface DelimitedOptions {
  readonly file: string;
  /** Found out from the header where it is not given. */
  readonly delimiter?: string;
  /** Whether quotes around a cell are marks and not text. */
  readonly quoted: boolean;
  /** Names of columns that tell the header's delimiter. */
  readonly wanted: readonly string[];
  /** A row may have as many characters. */
  readonly maximumLineBytes: number;
}

type Item = RawRecord | RowProblem;

/** So much of the file tells the delimiter. */
const SAMPLE = 1 << 16;

/** Behind a broken row one line is parsed, then ever more, so that many such rows take linear time. */
const ONE_LINE = 1;

const QUOTE_ADVICE = 'write "" for a quote that is text, or say that cells are not quoted';

export class DelimitedReader {
  readonly #options: DelimitedOptions;
  #format: CellFormat | undefined;
  #names: readonly string[] | undefined;
  #rest = '';
  /** The line at which `#rest` begins. */
  #line = 1;
  /** A row that is open is looked at again when it has doubled, so that a long one takes linear time. */
  #parseAt = 0;

  constructor(options: DelimitedOptions) {
    this.#options = options;
  }

  /** @throws DataFileError where the header is broken, or a row is open for longer than the limit */
  read(block: LineBlock): readonly Item[] {
    if (this.#rest === '') this.#line = block.line;
    const text = decodeText(block.bytes);
    this.#rest += (text.endsWith('\n') ? text : `${text}\n`).replaceAll('\r\n', '\n');
    if (this.#rest.length < this.#parseAt) return [];
    const items = this.#parse();
    this.#parseAt = 2 * this.#rest.length;
    if (this.#rest.length > this.#options.maximumLineBytes) this.#failOpen();
    return items;
  }

  /** For the end of the file, and where a line is missing. @throws DataFileError where a row is open */
  end(): readonly Item[] {
    const items = this.#parse();
    if (this.#rest !== '') this.#failOpen();
    return items;
  }

  #failOpen(): never {
    throw new DataFileError(
      `${this.#options.file}:${this.#line}: a quote opens in this row and is not closed again, so that the rows after it cannot be told apart; close it, or ${QUOTE_ADVICE}`,
    );
  }

  #parse(): readonly Item[] {
    const { delimiter, quoted, wanted } = this.#options;
    this.#format ??= { delimiter: delimiter ?? findDelimiter(this.#rest.slice(0, SAMPLE), wanted, quoted), quoted };
    const items: Item[] = [];
    let window = this.#rest.length;
    while (this.#rest !== '') {
      const end = this.#rest.indexOf('\n', window - 1) + 1;
      const piece = end === 0 ? this.#rest : this.#rest.slice(0, end);
      const parsed = parseCells(piece, this.#format);
      const isOpen = parsed.fault === undefined && parsed.length < piece.length;
      if (isOpen && parsed.length === 0 && piece.length === this.#rest.length) break;
      this.#take(parsed, this.#format, items);
      window = parsed.fault === undefined ? 2 * window : ONE_LINE;
    }
    return items;
  }

  /** Takes rows, and a broken one behind them, from what is left. */
  #take({ rows, fault }: ParsedCells, format: CellFormat, items: Item[]): void {
    const text = this.#rest;
    let start = 0;
    for (const cells of rows) {
      const end = endOfLines(text, start, lineCount(cells));
      this.#takeRow(cells, text.slice(start, end - 1), format, items);
      start = end;
    }
    if (fault !== undefined) {
      const end = text.indexOf('\n', fault) + 1;
      items.push(this.#brokenRow(text.slice(start, end - 1)));
      start = end;
    }
    this.#rest = text.slice(start);
  }

  #takeRow(cells: readonly string[], raw: string, format: CellFormat, items: Item[]): void {
    const { file } = this.#options;
    const line = this.#line;
    this.#line += lineCount(cells);
    if (cells.length === 1 && raw.trim() === '') return;
    if (this.#names === undefined) {
      this.#names = columnNames(cells, file, line);
      return;
    }
    const message = cellsProblem(cells, this.#names.length, format);
    items.push(
      message === undefined
        ? { kind: 'record', line, fields: fieldsOf(cells, this.#names), raw }
        : { kind: 'problem', file, line, message, raw },
    );
  }

  #brokenRow(raw: string): RowProblem {
    const { file } = this.#options;
    const line = this.#line;
    this.#line += lineCount([raw]);
    const where = raw.includes('\n') ? ` of the row in lines ${line} to ${this.#line - 1}` : '';
    const message = `a quote inside of a quoted cell${where} is not doubled; ${QUOTE_ADVICE}`;
    if (this.#names === undefined) throw new DataFileError(`${file}:${line}: ${message}`);
    return { kind: 'problem', file, line, message, raw };
  }
}
