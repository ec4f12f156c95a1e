import { dot, line, link, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { amount, decimals } from '../html/numbers.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import type { Section } from './section.ts';

type Point = readonly [label: number, predicted: number];

/** Groups of rows, as many in each, whose means make the line. */
const GROUPS = 10;

interface Mean {
  readonly label: number;
  readonly predicted: number;
  readonly rows: number;
}

/** Means of rows that follow each other by their label. */
function groupMeans(points: readonly Point[]): readonly Mean[] {
  const sorted = points.toSorted(([a], [b]) => a - b);
  const groups = Math.min(GROUPS, sorted.length);
  return Array.from({ length: groups }, (_, group) => {
    const own = sorted.slice(
      Math.floor((group * sorted.length) / groups),
      Math.floor(((group + 1) * sorted.length) / groups),
    );
    const mean = (column: 0 | 1): number => own.reduce((sum, point) => sum + point[column], 0) / own.length;
    return { label: mean(0), predicted: mean(1), rows: own.length };
  });
}

function marksOf(points: readonly Point[], [low, high]: Point): readonly Markish[] {
  const means = groupMeans(points);
  return [
    link([0], {
      x1: low,
      y1: low,
      x2: high,
      y2: high,
      stroke: 'currentColor',
      strokeOpacity: 0.5,
      strokeDasharray: '4 3',
    }),
    dot(points, {
      x: '0',
      y: '1',
      r: 2.5,
      fill: 'var(--series-1)',
      fillOpacity: 0.45,
      title: ([label, predicted]: Point) => `label ${decimals(label)}, predicted ${decimals(predicted)}`,
    }),
    line(means, { x: 'label', y: 'predicted', stroke: 'var(--series-2)', strokeWidth: 2 }),
    dot(means, {
      x: 'label',
      y: 'predicted',
      r: 4,
      symbol: 'diamond',
      fill: 'var(--series-2)',
      title: ({ label, predicted, rows }: Mean) =>
        `${rows} rows: label ${decimals(label)}, predicted ${decimals(predicted)} on average`,
    }),
  ];
}

function picture(name: string, points: readonly Point[], tested: number | undefined): Html {
  const all = points.flat();
  const range: Point = [Math.min(...all), Math.max(...all)];
  const isSample = tested !== undefined && points.length < tested;
  return figure({
    title: untrusted(name),
    description: `labels of ${visibleText(name)} and what was predicted, ${amount(points.length)} rows`,
    key: [
      [isSample ? `a sample of ${amount(points.length)} rows` : 'a row', 'var(--series-1)'],
      ['means of a tenth of the rows', 'var(--series-2)'],
    ],
    caption: 'On the dashed line the prediction is the label.',
    options: {
      height: 330,
      x: { label: 'label', nice: true, ticks: 5, grid: true },
      y: { label: 'predicted', nice: true, ticks: 5, grid: true },
      marks: [...marksOf(points, range)],
    },
  });
}

export const scores: Section = {
  id: 'scores',
  title: 'Predicted numbers beside the labels',
  render: ({ test, results }) => {
    const tasks = Object.entries(test?.tasks ?? {}).filter(([, { points }]) => points.length > 0);
    if (tasks.length === 0) return undefined;
    return markup`<div class="pictures">
      ${tasks.map(([name, { points }]) => picture(name, points, results?.tasks[name]?.model.rows))}
    </div>`;
  },
};
