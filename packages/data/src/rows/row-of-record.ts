import { describeValue } from '@sentence-mtl/core';
import type { RawRecord } from '../records/raw-record.ts';
import type { RowProblem } from '../row-problem.ts';
import type { LabelValue, PairRow, Row, TextRow } from '../row.ts';
import type { NamedColumns } from './column-roles.ts';
import { labelProblem, toLabel } from './label-value.ts';
import { nameTable, type NameTable } from './name-table.ts';

/** A record's values by what they are. */
interface Parts {
  text: unknown;
  textA: unknown;
  textB: unknown;
  score: unknown;
  readonly labels: NameTable<LabelValue>;
  columns: NameTable<unknown> | undefined;
  problem: string | undefined;
}

const NO_COLUMNS: Row['columns'] = Object.freeze(nameTable<unknown>());

function addLabel(parts: Parts, task: string, value: unknown): void {
  const label = toLabel(value);
  if (label === undefined) parts.problem ??= labelProblem(task, value);
  else parts.labels[task] = label;
}

function addLabels(parts: Parts, value: unknown): void {
  if (value === null) return;
  if (typeof value === 'object' && !Array.isArray(value)) {
    const labels = value as RawRecord['fields'];
    for (const task in labels) addLabel(parts, task, labels[task]);
  } else {
    parts.problem ??= `"labels" is ${describeValue(value)}; an object with a label for each task is needed`;
  }
}

/** Whether a score is one of a pair: beside a text it is a column like others. */
function hasPair(fields: RawRecord['fields'], { text, textA, textB }: NamedColumns): boolean {
  return (textA !== text && Object.hasOwn(fields, textA)) || (textB !== text && Object.hasOwn(fields, textB));
}

function sortFields(fields: RawRecord['fields'], columns: NamedColumns): Parts {
  const parts: Parts = {
    text: undefined,
    textA: undefined,
    textB: undefined,
    score: undefined,
    labels: nameTable(),
    columns: undefined,
    problem: undefined,
  };
  // Neither JSON's objects nor ours inherit anything that is listed here, and Object.keys costs as much as the rest.
  for (const name in fields) {
    const value = fields[name];
    if (name === columns.text) parts.text = value;
    else if (name === columns.textA) parts.textA = value;
    else if (name === columns.textB) parts.textB = value;
    else if (name === columns.score && hasPair(fields, columns)) parts.score = value;
    else if (name === 'labels' && (!columns.isTable || typeof value === 'object')) addLabels(parts, value);
    else if (columns.isLabel(name)) addLabel(parts, name, value);
    else (parts.columns ??= nameTable())[name] = value;
  }
  return parts;
}

/** A number, null where none is given, or undefined where the value is something else. */
function toScore(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && Number.isFinite(score) ? score : undefined;
}

function wrongText(name: string, value: unknown): string {
  return `"${name}" is ${describeValue(value)}; a string is needed`;
}

type Content = Pick<TextRow, 'kind' | 'text'> | Pick<PairRow, 'kind' | 'textA' | 'textB' | 'score'>;

function pairOf({ textA, textB, score: given }: Parts, columns: NamedColumns): Content | string {
  if (typeof textA !== 'string') return wrongText(columns.textA, textA);
  if (typeof textB !== 'string') return wrongText(columns.textB, textB);
  const score = toScore(given);
  if (score !== undefined) return { kind: 'pair', textA, textB, score };
  return `"${columns.score}" is ${describeValue(given)}; a number such as 3.5 is needed`;
}

/** The texts of a row, or what is wrong with them. */
function contentOf(parts: Parts, columns: NamedColumns): Content | string {
  const { text, textA, textB } = parts;
  if (typeof text === 'string' && textA === undefined && textB === undefined) return { kind: 'text', text };
  // A table of texts and pairs leaves cells empty.
  const isGiven = (value: unknown): boolean =>
    value !== undefined && value !== null && !(columns.isTable && value === '');
  if (isGiven(textA) || isGiven(textB)) {
    return isGiven(text) ? `the row has "${columns.text}" and a pair; keep one of them` : pairOf(parts, columns);
  }
  if (typeof text === 'string') return { kind: 'text', text };
  if (text !== undefined) return wrongText(columns.text, text);
  if (textA !== undefined || textB !== undefined) return pairOf(parts, columns);
  return `the row has no "${columns.text}"; give it one, or "${columns.textA}" and "${columns.textB}" for a pair, or say which column holds the text`;
}

/** The row that a record is, or what is wrong with it. */
export function rowOfRecord(record: RawRecord, file: string, columns: NamedColumns): Row | RowProblem {
  const { line, raw } = record;
  const parts = sortFields(record.fields, columns);
  const content = parts.problem ?? contentOf(parts, columns);
  if (typeof content === 'string') {
    return { kind: 'problem', file, line, message: content, ...(raw === undefined ? {} : { raw }) };
  }
  // Written out: a spread costs more than all else of a row.
  const { labels, columns: others = NO_COLUMNS } = parts;
  if (content.kind === 'text') return { kind: 'text', file, line, text: content.text, labels, columns: others };
  const { textA, textB, score } = content;
  return { kind: 'pair', file, line, textA, textB, score, labels, columns: others };
}
