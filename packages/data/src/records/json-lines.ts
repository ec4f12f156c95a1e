import { excerpt, type RowProblem } from '../row-problem.ts';
import { eachLine } from '../text/block-lines.ts';
import type { LineBlock } from '../text/line-blocks.ts';
import { countKeys, structureProblem } from './json-structure.ts';
import type { RawRecord } from './raw-record.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const OPENING_BRACE = 0x7b;
const BLANK = /^[ \t\r]*$/;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/**
 * Only the labels nest, and no key has been swallowed by another of its name: then the slow look at the structure is not
 * needed. A line without a colon in its texts has as many as it has keys.
 */
function isPlain(text: string, value: JsonObject): boolean {
  let keys = 0;
  for (const key in value) {
    keys++;
    const inner = value[key];
    if (typeof inner !== 'object' || inner === null) continue;
    if (key !== 'labels' || Array.isArray(inner)) return false;
    for (const _ in inner) keys++;
  }
  return keys === countColons(text) || keys === countKeys(text);
}

function parseLine(text: string): JsonObject | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (text.includes('\0')) return 'the line has a NUL character; is this a text file?';
    if (text.trimStart().startsWith('[')) return 'a row must be a JSON object on one line; this begins a list';
    const reason = error instanceof Error ? error.message : String(error);
    return `the line is no JSON (${reason}); a row is one JSON object on one line: ${excerpt(text)}`;
  }
  if (!isObject(value)) return `the line is ${excerpt(text)}; a JSON object is needed`;
  return isPlain(text, value) ? value : (structureProblem(text) ?? value);
}

/** The records of a block of JSON Lines; blank lines are passed over. */
export function jsonRecords(block: LineBlock, file: string): readonly (RawRecord | RowProblem)[] {
  const records: (RawRecord | RowProblem)[] = [];
  eachLine(block, (text, line) => {
    if (text.charCodeAt(0) !== OPENING_BRACE && BLANK.test(text)) return;
    const fields = parseLine(text);
    records.push(
      typeof fields === 'string'
        ? { kind: 'problem', file, line, message: fields, raw: text }
        : { kind: 'record', line, fields, raw: text },
    );
  });
  return records;
}
