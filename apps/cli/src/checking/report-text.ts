import { describeProblem, type RowProblem } from '@sentence-mtl/data';
import { amountText, countText } from '../command-line/progress-line.ts';
import { textTable } from '../command-line/text-table.ts';
import { SIDES } from '../dataset/dataset.ts';
import type { DataReport, LabelReport, TaskReport } from './check-files.ts';
import type { EqualTexts, Found, Place } from './equal-texts.ts';
import type { TokenLengths } from './token-lengths.ts';

/** Examples of one kind that are told. */
const TOLD = 20;
/** Labels of a task that are listed. */
const LISTED = 10;
/** A label with fewer rows cannot stand in all of training, validation and test. */
const FEW_ROWS = 3;

const rowsText = (count: number): string => countText(count, 'row');
const at = ({ file, line }: Place): string => `${file}:${line}`;

/** A finding and where it stands. */
function finding<T>(title: string, { count, some }: Found<T>, line: (item: T) => string): readonly string[] {
  if (count === 0) return [];
  const rest = count - Math.min(TOLD, some.length);
  return [
    `${title}: ${amountText(count, 'rows')}`,
    ...some.slice(0, TOLD).map((item) => `  ${line(item)}`),
    ...(rest > 0 ? [`  and ${amountText(rest, 'rows')} more`] : []),
  ];
}

function distribution({ labels }: TaskReport): string {
  const sorted = labels.toSorted((a, b) => b.rows - a.rows);
  const oneLine = (label: string): string => label.replaceAll(/\s+/g, ' ');
  const shown = sorted.slice(0, LISTED).map(({ label, rows }) => `${oneLine(label)} ${amountText(rows, 'rows')}`);
  const rest = sorted.slice(LISTED);
  if (rest.length === 0) return shown.join(', ');
  return `${shown.join(', ')}, and ${rest.length} more down to ${amountText(sorted.at(-1)?.rows ?? 0, 'rows')}`;
}

function taskLines({ inferred, tasks }: DataReport): readonly string[] {
  if (inferred === undefined) return [];
  const lines = inferred.tasks.map(({ name, task, rows, reason }) => {
    const missing = tasks[name]?.missing ?? 0;
    return [name, task.kind, amountText(rows, 'rows'), missing === 0 ? '' : amountText(missing, 'rows'), reason];
  });
  const table = textTable([['task', 'kind', 'labelled', 'missing', 'because'], ...lines], { numeric: [2, 3] });
  const spread = inferred.tasks.flatMap(({ name, task }) => {
    const own = tasks[name];
    return own === undefined || !('labels' in task) ? [] : [`labels of ${name}: ${distribution(own)}`];
  });
  return [table, ...spread, ...inferred.leftOut.map(({ name, reason }) => `not learnt: ${name}: ${reason}`)];
}

function lengthLine(lengths: TokenLengths): string {
  const { sampled, isExact, median, percentile95, longest, limit, cut, longestBytes } = lengths;
  const of = `${isExact ? 'all' : 'a sample of'} ${countText(sampled, 'text')}`;
  const share = ((cut / sampled) * 100).toFixed(1);
  const bound = isExact ? '' : `; the longest of all has ${amountText(longestBytes, 'units')} bytes`;
  return `tokens, exactly, of ${of}: median ${median}, 95 % up to ${percentile95}, longest ${longest}; training reads ${limit}, which cuts ${amountText(cut, 'texts')} (${share} %)${bound}`;
}

function lookAlikeLines({ inferred, tasks }: DataReport): readonly string[] {
  const names = inferred?.tasks.map(({ name }) => name) ?? [];
  const line = (group: readonly LabelReport[]): string =>
    group
      .map(({ label, rows, first }) => `${JSON.stringify(label)} (${rowsText(rows)}, first ${at(first)})`)
      .join(', ');
  return names.flatMap((name) => {
    const groups = tasks[name]?.lookAlikes ?? [];
    return finding(`labels of ${name} that look alike`, { count: groups.length, some: groups }, line);
  });
}

function rareLines({ inferred, tasks }: DataReport): readonly string[] {
  return (inferred?.tasks ?? []).flatMap(({ name, task }) => {
    const rare = 'labels' in task ? (tasks[name]?.labels.filter(({ rows }) => rows < FEW_ROWS) ?? []) : [];
    const line = ({ label, rows, first }: LabelReport): string =>
      `${at(first)}: ${JSON.stringify(label)}, ${rowsText(rows)}`;
    return finding(`labels of ${name} with fewer than ${FEW_ROWS} rows`, { count: rare.length, some: rare }, line);
  });
}

function equalTextLines({ equalTexts, rows }: DataReport): readonly string[] {
  const { duplicates, contradictions, leaks } = equalTexts;
  const same = ({ first, again }: EqualTexts): string => `${at(again)}: as ${at(first)}`;
  const sides = leaks.flatMap(({ side, other, ...found }) => {
    const name = other === 'train' ? 'training' : other;
    return finding(`leakage: ${side} rows whose text is in the ${name} rows`, found, same);
  });
  return [
    ...finding('contradicting labels of equal texts', contradictions, ({ first, again, task = '' }) => {
      return `${at(again)}: another label of ${task} than ${at(first)}`;
    }),
    ...sides,
    ...(duplicates.count === 0
      ? []
      : finding(
          `training rows with the text of an earlier one, of ${amountText(rows.train, 'rows')}`,
          duplicates,
          same,
        )),
  ];
}

/** What makes a training fail: a line each, none where it would begin. */
export function failures(report: DataReport, skipsBadRows: boolean): readonly string[] {
  const { unusable, badRows, rows } = report;
  return [
    ...(unusable === undefined ? [] : [unusable]),
    ...(badRows.count > 0 && !skipsBadRows
      ? [
          `${rowsText(badRows.count)} cannot be used; --on-bad-row skip leaves ${badRows.count === 1 ? 'it' : 'them'} out`,
        ]
      : []),
    ...(rows.train === 0 ? ['no training row can be used'] : []),
  ];
}

/** A report for people. */
export function reportText(report: DataReport, skipsBadRows: boolean): string {
  const { rows, lengths, badRows, emptyTexts } = report;
  const sizes = SIDES.filter((side) => rows[side] > 0).map((side) => `${amountText(rows[side], 'rows')} ${side}`);
  const found = [
    ...finding(skipsBadRows ? 'rows left out' : 'rows that cannot be used', badRows, (problem: RowProblem) =>
      describeProblem(problem),
    ),
    ...lookAlikeLines(report),
    ...rareLines(report),
    ...finding('empty texts', emptyTexts, at),
    ...equalTextLines(report),
  ];
  const failed = failures(report, skipsBadRows);
  return [
    `rows: ${sizes.length === 0 ? 'none' : sizes.join(', ')}`,
    ...taskLines(report),
    ...(lengths === undefined ? [] : [lengthLine(lengths)]),
    ...(found.length > 0 ? ['', ...found] : failed.length > 0 ? [] : ['nothing looks wrong']),
    ...(failed.length === 0 ? [] : ['', ...failed.map((line) => `training would fail: ${line}`)]),
  ].join('\n');
}
