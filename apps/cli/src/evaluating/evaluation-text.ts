import { METRICS, type MetricName } from '@sentence-mtl/evaluation';
import { amountText, countText } from '../command-line/progress-line.ts';
import { textTable } from '../command-line/text-table.ts';
import { decimals, withInterval } from '../measure/metric-text.ts';
import type { MeasuredTask } from '../measure/measured-task.ts';
import type { WrongRow } from '../measure/wrong-rows.ts';
import type { Comparison } from './compare-models.ts';
import type { Slice } from './slices.ts';
import type { TaskEvaluation } from './task-evaluation.ts';

/** What an evaluation found, for people and programs. */
export interface Evaluation {
  readonly model: string;
  readonly rows: number;
  readonly rejected: number;
  readonly tasks: Readonly<Record<string, TaskEvaluation>>;
  readonly slices?: { readonly column: string; readonly of: readonly Slice[] };
  readonly comparison?: { readonly other: string; readonly tasks: Readonly<Record<string, Comparison>> };
}

/** Pairs of labels that are listed. */
const CONFUSIONS = 10;
/** Tasks with more labels have no matrix on a terminal. */
const MATRIX_LABELS = 12;
/** Characters of a text that are shown. */
const EXCERPT = 70;

function metricLines(name: string, { measured }: TaskEvaluation): readonly string[] {
  const { primary, interval, metrics, rows, kind } = measured;
  const others = (Object.keys(metrics) as MetricName[]).filter((metric) => metric !== primary);
  const listed = others.map((metric) => {
    const better = METRICS[metric] === 'lower' ? ', lower is better' : '';
    return [`  ${metric}`, `${decimals(metrics[metric] ?? null)}${better}`];
  });
  const heading = `${name}: ${kind}, ${countText(rows, 'row')}`;
  return [heading, textTable([[`  ${primary}`, `${withInterval(interval)}, 95 % interval`], ...listed])];
}

function matrixLines({ labels, matrix }: TaskEvaluation): readonly string[] {
  if (matrix === undefined || labels.length > MATRIX_LABELS) return [];
  const rows = matrix.map((row, label) => [`  ${labels[label] ?? ''}`, ...row.map(String)]);
  const numeric = labels.map((_, column) => column + 1);
  return [
    'confusion matrix: a row for each label, a column for each prediction',
    textTable([['', ...labels], ...rows], { numeric }),
  ];
}

function confusionLines({ confusions }: TaskEvaluation): readonly string[] {
  if (confusions.length === 0) return [];
  const shown = confusions.slice(0, CONFUSIONS);
  const lines = shown.map(({ label, predicted, rows }) => [
    `  ${amountText(rows, 'rows')}`,
    `${label} taken for ${predicted}`,
  ]);
  return ['most often confused', textTable(lines, { numeric: [0] })];
}

const valueText = (value: unknown): string =>
  typeof value === 'number'
    ? decimals(value)
    : Array.isArray(value)
      ? `[${value.map(String).join(', ')}]`
      : String(value);

function wrongLine({ place, texts, label, predicted, error }: WrongRow): string {
  const text = texts.join(' | ');
  const shown = JSON.stringify(text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1)}…` : text);
  return `  ${place}: ${shown} is ${valueText(label)}, predicted ${valueText(predicted)} (${decimals(error)})`;
}

function wrongLines({ worst }: TaskEvaluation): readonly string[] {
  return worst.length === 0 ? [] : ['most wrong', ...worst.map(wrongLine)];
}

function taskText(name: string, evaluation: TaskEvaluation): string {
  const parts = [metricLines, (_: string, own: TaskEvaluation) => matrixLines(own)];
  return [
    ...parts.flatMap((part) => part(name, evaluation)),
    ...confusionLines(evaluation),
    ...wrongLines(evaluation),
  ].join('\n');
}

function sliceText({ column, of }: NonNullable<Evaluation['slices']>, tasks: readonly string[]): string {
  const cell = (measured: MeasuredTask | undefined): string =>
    measured === undefined ? '' : withInterval(measured.interval);
  const lines = of.map(({ value, rows, tasks: own }) => [
    value,
    amountText(rows, 'rows'),
    ...tasks.map((task) => cell(own[task])),
  ]);
  return textTable([[column, 'rows', ...tasks], ...lines], { numeric: [1] });
}

function comparisonText({ other, tasks }: NonNullable<Evaluation['comparison']>): string {
  const lines = Object.entries(tasks).map(([name, { metric, model, other: theirs, difference }]) => {
    const { low, high } = difference;
    const isSure = low !== null && high !== null && (low > 0 || high < 0);
    const says = isSure ? 'more than chance' : 'may be chance';
    return [name, metric, decimals(model), decimals(theirs), withInterval(difference), says];
  });
  const heading = ['task', 'metric', 'this model', 'the other', 'difference, 95 %', ''];
  return lines.length === 0 ? `no task in common with ${other}` : `beside ${other}\n${textTable([heading, ...lines])}`;
}

/** An evaluation for people. */
export function evaluationText({ tasks, slices, comparison, rejected }: Evaluation): string {
  return [
    ...Object.entries(tasks).map(([name, evaluation]) => taskText(name, evaluation)),
    ...(slices === undefined ? [] : [sliceText(slices, Object.keys(tasks))]),
    ...(comparison === undefined ? [] : [comparisonText(comparison)]),
    ...(rejected === 0 ? [] : [`left out: ${countText(rejected, 'row')} that cannot be used`]),
  ].join('\n\n');
}
