import { dot, gridX, link, ruleX, text, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { amount, counted, decimals } from '../html/numbers.ts';
import { table, type Column } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure, seriesColour } from '../pictures/plot.ts';
import { comparisonText, isLowerBetter } from '../run/comparison.ts';
import { baselineTitle, type Measured, type MeasuredInterval, type TaskResult } from '../run/results.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { Section } from './section.ts';

const OWN = 'this model';

interface Line {
  readonly name: string;
  readonly isOwn: boolean;
  readonly measured: Measured;
}

/** The baselines, then the model. */
function linesOf({ model, baselines }: TaskResult): readonly Line[] {
  const others = Object.entries(baselines).map(([name, measured]) => ({
    name: baselineTitle(name),
    isOwn: false,
    measured,
  }));
  return [...others, { name: OWN, isOwn: true, measured: model }];
}

/** `0.931 to 0.955`. */
function intervalText({ low, high }: MeasuredInterval): string {
  return low === null || high === null ? 'no interval' : `${decimals(low)} to ${decimals(high)}`;
}

function tile(name: string, result: TaskResult, index: number): Html {
  const { primary, interval, rows, kind } = result.model;
  return markup`<div class="tile" style="border-left-color: ${seriesColour(index)}">
    <span>${untrusted(name)} <span class="muted">${kind}</span></span>
    <b>${decimals(interval.value)}</b>
    <span
      >${primary}${isLowerBetter(primary) && ', lower is better'}; 95 % interval ${intervalText(interval)},
      ${amount(rows)} rows</span
    >
    <span class="muted">${comparisonText(result)}</span>
  </div> `;
}

interface DrawnLine extends Line {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function drawnLines(lines: readonly Line[]): readonly DrawnLine[] {
  return lines.flatMap((line) => {
    const { value, low, high } = line.measured.interval;
    return value === null ? [] : [{ ...line, value, low: low ?? value, high: high ?? value }];
  });
}

/** From the worst to the best interval. What is so far off that the others would fall together stands at the edge. */
function rangeOf(drawn: readonly DrawnLine[]): readonly [number, number] {
  const near = drawn.filter(({ name }) => name !== baselineTitle('majority'));
  const shown = near.length > 1 ? near : drawn;
  const [low, high] = [Math.min(...shown.map((line) => line.low)), Math.max(...shown.map((line) => line.high))];
  const pad = 0.12 * (high - low || 1);
  return [low - pad, high + pad];
}

function intervalMarks(all: readonly DrawnLine[], [from, to]: readonly [number, number]): readonly Markish[] {
  const drawn = all.filter(({ value }) => value >= from && value <= to);
  const far = all.filter(({ value }) => value < from || value > to);
  const colour = ({ isOwn }: Line): string => (isOwn ? 'var(--series-1)' : 'var(--series-6)');
  const title = ({ name, measured: { interval } }: Line): string =>
    `${name}: ${decimals(interval.value)}, 95 % interval ${intervalText(interval)}`;
  return [
    gridX(),
    link(drawn, {
      x1: 'low',
      x2: 'high',
      y1: 'name',
      y2: 'name',
      stroke: colour,
      strokeWidth: 3,
      strokeOpacity: 0.55,
      title,
    }),
    ruleX(
      drawn.filter(({ isOwn }) => isOwn),
      { x: 'value', stroke: 'var(--series-1)', strokeDasharray: '2 3' },
    ),
    dot(drawn, { x: 'value', y: 'name', r: 5, fill: colour, title }),
    text(far, {
      x: ({ value }: DrawnLine) => (value < from ? from : to),
      y: 'name',
      text: ({ value }: DrawnLine) => (value < from ? '◂' : '▸'),
      fill: colour,
      title,
    }),
    text(all, {
      frameAnchor: 'right',
      textAnchor: 'start',
      dx: 10,
      y: 'name',
      text: ({ value }: DrawnLine) => decimals(value),
    }),
  ];
}

function picture(name: string, result: TaskResult): Html | undefined {
  const lines = linesOf(result);
  const drawn = drawnLines(lines);
  if (drawn.length === 0) return undefined;
  const range = rangeOf(drawn);
  const { primary } = result.model;
  const isFar = drawn.some(({ value }) => value < range[0] || value > range[1]);
  return figure({
    title: untrusted(name),
    description: `${visibleText(name)}: ${lines.map(({ name: of, measured }) => `${of} ${decimals(measured.interval.value)}`).join(', ')}`,
    caption: `${primary} on the test rows, with 95 % intervals${isLowerBetter(primary) ? '; lower is better' : ''}.${isFar ? ' What is too far off for the scale has an arrow.' : ''}`,
    options: {
      height: 44 + 34 * lines.length,
      marginLeft: 130,
      marginTop: 10,
      marginRight: 56,
      marginBottom: 28,
      x: { domain: [...range], label: null, ticks: 4 },
      y: { domain: lines.map(({ name: of }) => of), label: null, tickSize: 0 },
      marks: [...intervalMarks(drawn, range)],
    },
  });
}

function metricsTable(name: string, result: TaskResult): Html {
  const lines = linesOf(result);
  const columns: readonly Column<string>[] = [
    {
      heading: 'metric',
      cell: (metric) =>
        markup`${metric}${isLowerBetter(metric) && markup` <span class="muted">(lower is better)</span>`}`,
    },
    ...lines.map(({ name: of, measured }) => ({
      heading: of,
      numeric: true,
      cell: (metric: string) => decimals(measured.metrics[metric]),
    })),
  ];
  return markup`<details>
    <summary>All metrics of ${untrusted(name)}</summary>
    ${table(columns, Object.keys(result.model.metrics), `metrics of ${visibleText(name)} on the test rows`)}
  </details>`;
}

/** Why there are no results. */
function absence({ data }: RunRecord): Html {
  if (data !== undefined && data.rows.test === 0)
    return markup`<p class="note">
      This run has no test rows, so nothing here says how good the model is on texts that it has not seen. Give it a
      file with <code>--test</code>, or a share of the rows with <code>--test-share</code>.
    </p>`;
  return markup`<p class="note">
    The model has not been measured on test rows: the run has not come to its end, or was not begun by
    <code>sentence-mtl train</code>.
  </p>`;
}

export const testResults: Section = {
  id: 'results',
  title: 'Results on the test rows',
  render: (run) => {
    if (run.results === undefined) return absence(run);
    const { tasks, baselineRows } = run.results;
    const entries = Object.entries(tasks);
    const trainRows = run.data?.rows.train;
    return markup`<div class="tiles">${entries.map(([name, result], index) => tile(name, result, index))}</div>
      <div class="pictures">${entries.map(([name, result]) => picture(name, result))}</div>
      ${trainRows !== undefined && baselineRows > 0 && baselineRows < trainRows && markup`<p class="muted">The simple methods have learnt from a sample of ${counted(baselineRows, 'row')}.</p>`}
      ${entries.map(([name, result]) => metricsTable(name, result))}`;
  },
};
