import { dot, gridY, line, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { amount, byteSize, duration } from '../html/numbers.ts';
import { facts } from '../html/table.ts';
import { figure } from '../pictures/plot.ts';
import type { TimingLine } from '../run/log-lines.ts';
import type { Section } from './section.ts';

type Of<K extends TimingLine['kind']> = Extract<TimingLine, { readonly kind: K }>;

const ofKind = <K extends TimingLine['kind']>(timing: readonly TimingLine[], kind: K): readonly Of<K>[] =>
  timing.filter((each): each is Of<K> => each.kind === kind);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function factsOf(timing: readonly TimingLine[]): Html {
  const steps = ofKind(timing, 'step');
  const runs = ofKind(timing, 'run');
  const evaluations = ofKind(timing, 'evaluation');
  const cached = ofKind(timing, 'prefixCached');
  const seconds = sumOf(steps.map((step) => step.seconds));
  const rate = (of: 'rows' | 'tokens'): string => amount(sumOf(steps.map((step) => step[of])) / seconds);
  const last = runs.at(-1);
  return facts([
    ...(last === undefined
      ? []
      : ([
          [
            'training took',
            `${duration(sumOf(runs.map((run) => run.seconds)))}${runs.length > 1 ? `, in ${runs.length} parts` : ''}`,
          ],
          ['most memory', byteSize(Math.max(...runs.map((run) => run.peakBytes)))],
          ['on', last.machine],
          ['finished', last.finished.slice(0, 16).replace('T', ' ')],
        ] as const)),
    ...(steps.length === 0
      ? []
      : ([['a step, median', duration(medianOf(steps.map((step) => step.seconds)))]] as const)),
    ...(seconds > 0 ? ([['rate', `${rate('rows')} rows/s, ${rate('tokens')} tokens/s`]] as const) : []),
    ...(cached.length === 0
      ? []
      : ([['frozen outputs, computed once', duration(sumOf(cached.map((each) => each.seconds)))]] as const)),
    ...(evaluations.length === 0
      ? []
      : ([
          [
            'evaluations',
            `${evaluations.length}, ${duration(sumOf(evaluations.map((each) => each.seconds)))} together`,
          ],
        ] as const)),
  ]);
}

function marksOf(steps: readonly Of<'step'>[]): readonly Markish[] {
  const title = ({ step, rows, tokens, seconds }: Of<'step'>): string =>
    `step ${step}: ${rows} rows, ${tokens} tokens in ${duration(seconds)}`;
  return [
    gridY(),
    line(steps, { x: 'step', y: 'seconds', stroke: 'var(--series-4)', strokeOpacity: 0.5 }),
    dot(steps, { x: 'step', y: 'seconds', r: 3, fill: 'var(--series-4)', title }),
  ];
}

export const timeAndMemory: Section = {
  id: 'time',
  title: 'Time and memory',
  render: ({ timing }) => {
    const steps = ofKind(timing, 'step');
    if (timing.length === 0) return undefined;
    const picture = figure({
      description: `seconds of ${steps.length} logged steps`,
      caption: 'Seconds of the steps that were logged. Steps of longer texts take longer.',
      options: {
        height: 190,
        x: { label: 'step', ticks: 5 },
        y: { label: 'seconds', zero: true, ticks: 4 },
        marks: [...marksOf(steps)],
      },
    });
    return markup`${factsOf(timing)}${steps.length > 1 && picture}`;
  },
};
