import { areaY, dot, gridY, line, ruleY, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { decimals } from '../html/numbers.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import type { MetricLine } from '../run/log-lines.ts';
import type { RunRecord } from '../run/run-record.ts';
import type { Section } from './section.ts';

interface Point {
  readonly step: number;
  readonly value: number;
}

type Evaluation = Extract<MetricLine, { readonly kind: 'evaluation' }>;

const TRAINING = 'var(--series-1)';
const VALIDATION = 'var(--series-2)';
/** The least range of an axis of metrics. */
const NARROWEST = 0.05;

/** Of the steps that are logged; of a run of few steps the means of its epochs. */
function trainingLosses(metrics: readonly MetricLine[], task: string): readonly Point[] {
  const ofKind = (kind: 'step' | 'epoch'): readonly Point[] =>
    metrics.flatMap((each) => {
      const value = each.kind === kind ? each.taskLosses[task] : undefined;
      return value === undefined || value === null ? [] : [{ step: each.step, value }];
    });
  const steps = ofKind('step');
  return steps.length > 1 ? steps : ofKind('epoch');
}

function evaluated(
  evaluations: readonly Evaluation[],
  of: (evaluation: Evaluation) => number | null | undefined,
): readonly Point[] {
  return evaluations.flatMap((each) => {
    const value = of(each);
    return value === undefined || value === null ? [] : [{ step: each.step, value }];
  });
}

const titled =
  (what: string) =>
  ({ step, value }: Point): string =>
    `${what} at step ${step}: ${decimals(value)}`;

const frame = { height: 220, x: { label: 'step', ticks: 5 }, y: { label: null, nice: true, ticks: 5 } } as const;

function lossPicture(task: string, training: readonly Point[], validation: readonly Point[]): Html {
  const marks: readonly Markish[] = [
    gridY(),
    ruleY([0], { strokeOpacity: 0.3 }),
    areaY(training, { x: 'step', y: 'value', fill: TRAINING, fillOpacity: 0.1 }),
    line(training, { x: 'step', y: 'value', stroke: TRAINING, strokeWidth: 2 }),
    dot(training, {
      x: 'step',
      y: 'value',
      r: 5,
      fill: training.length > 1 ? 'transparent' : TRAINING,
      title: titled('training loss'),
    }),
    line(validation, { x: 'step', y: 'value', stroke: VALIDATION, strokeWidth: 2, strokeDasharray: '6 3' }),
    dot(validation, {
      x: 'step',
      y: 'value',
      r: 4,
      symbol: 'diamond',
      fill: VALIDATION,
      title: titled('validation loss'),
    }),
  ];
  const [first, last] = [training[0], training.at(-1)];
  return figure({
    title: markup`${untrusted(task)}: loss`,
    description: `training loss of ${visibleText(task)} from ${decimals(first?.value)} at step ${first?.step ?? 0} to ${decimals(last?.value)} at step ${last?.step ?? 0}`,
    key: [['training', TRAINING], ...(validation.length > 0 ? ([['validation', VALIDATION]] as const) : [])],
    options: { ...frame, marks: [...marks] },
  });
}

/** From the lowest to the highest, and wide enough that a change of nothing does not look like one. */
function rangeOf(points: readonly Point[]): readonly [number, number] {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = Math.max(0, NARROWEST - (high - low)) / 2;
  return [low - pad, high + pad];
}

function metricPicture(task: string, metric: string, points: readonly Point[]): Html {
  const [from, to] = [points[0], points.at(-1)];
  return figure({
    title: markup`${untrusted(task)}: ${metric} on validation rows`,
    description: `validation ${metric} of ${visibleText(task)} from ${decimals(from?.value)} to ${decimals(to?.value)}`,
    caption: points.length === 1 ? 'one evaluation' : undefined,
    options: {
      ...frame,
      y: { ...frame.y, domain: [...rangeOf(points)] },
      marks: [
        gridY(),
        line(points, { x: 'step', y: 'value', stroke: VALIDATION, strokeWidth: 2 }),
        dot(points, { x: 'step', y: 'value', r: 4, symbol: 'diamond', fill: VALIDATION, title: titled(metric) }),
      ],
    },
  });
}

/** The metric that a task is judged by; where nothing was tested, the one that evaluations name first. */
function primaryOf({ results }: RunRecord, task: string, evaluations: readonly Evaluation[]): string {
  const measured = results?.tasks[task]?.model.primary;
  if (measured !== undefined) return measured;
  const first = Object.keys(evaluations[0]?.metrics ?? {}).find((name) => name.startsWith(`${task}.`));
  return first?.slice(task.length + 1) ?? '';
}

function taskPictures(run: RunRecord, task: string, evaluations: readonly Evaluation[]): readonly Html[] {
  const training = trainingLosses(run.metrics, task);
  const validation = evaluated(evaluations, ({ losses }) => losses[task]);
  const metric = primaryOf(run, task, evaluations);
  const points = evaluated(evaluations, ({ metrics }) => metrics[`${task}.${metric}`]);
  return [
    ...(training.length > 0 ? [lossPicture(task, training, validation)] : []),
    ...(points.length > 0 ? [metricPicture(task, metric, points)] : []),
  ];
}

export const curves: Section = {
  id: 'curves',
  title: 'Training curves',
  render: (run) => {
    const evaluations = run.metrics.filter((each) => each.kind === 'evaluation');
    const pictures = Object.keys(run.config.tasks).flatMap((task) => taskPictures(run, task, evaluations));
    if (pictures.length === 0) return markup`<p class="note">The run has logged no step yet.</p>`;
    const missing = markup`<p class="note">
      The run has no validation rows: the curves cannot show when the model began to learn its training rows by heart,
      and the last step was kept, not the best.
    </p>`;
    return markup`${evaluations.length === 0 && missing}
      <div class="pictures">${pictures}</div>`;
  },
};
