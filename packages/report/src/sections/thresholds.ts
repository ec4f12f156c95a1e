import { dot, gridY, line, ruleX, type Markish } from '@observablehq/plot';
import { folded } from '../html/folded.ts';
import { markup, type Html } from '../html/html.ts';
import { decimals, percent } from '../html/numbers.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import type { LabelResult, TagThresholds, TaskDetails, ThresholdPoint } from '../run/test-details.ts';
import type { Section } from './section.ts';

/** Tags that are shown before the others are folded. */
const SHOWN = 6;
const SERIES = [
  ['precision', 'var(--series-1)', ''],
  ['recall', 'var(--series-2)', '6 3'],
  ['f1', 'var(--series-3)', '2 2'],
] as const;

function marksOf({ threshold, points }: TagThresholds): readonly Markish[] {
  return [
    gridY(),
    ruleX([threshold], { stroke: 'currentColor', strokeOpacity: 0.6, strokeDasharray: '4 3' }),
    ...SERIES.flatMap(([name, stroke, strokeDasharray]) => [
      line(points, { x: 'threshold', y: name, stroke, strokeWidth: 2, strokeDasharray }),
      dot(points, {
        x: 'threshold',
        y: name,
        r: 4,
        fill: 'transparent',
        title: (point: ThresholdPoint) =>
          `threshold ${decimals(point.threshold, 2)}: ${name} ${decimals(point[name], 2)}`,
      }),
    ]),
  ];
}

function picture(tag: TagThresholds, support: number): Html {
  const best = tag.points.reduce<ThresholdPoint | undefined>(
    (a, b) => (a === undefined || b.f1 > a.f1 ? b : a),
    undefined,
  );
  return figure({
    title: untrusted(tag.label, 60),
    description: `precision, recall and F1 of ${visibleText(tag.label)} by threshold; F1 is highest at ${decimals(best?.threshold, 2)}`,
    caption: `${support} rows have it. It is given from a score of ${percent(tag.threshold, 0)} on; on these rows F1 is highest, ${decimals(best?.f1, 2)}, from ${percent(best?.threshold, 0)} on.`,
    key: SERIES.map(([name, colour]) => [name === 'f1' ? 'F1' : name, colour]),
    options: {
      height: 200,
      x: { label: 'threshold', domain: [0, 1], tickFormat: '.0%', ticks: 5 },
      y: { label: null, domain: [0, 1], ticks: 5 },
      marks: [...marksOf(tag)],
    },
  });
}

function taskPart(name: string, { thresholds: tags, labels }: TaskDetails): Html {
  const results = new Map<string, LabelResult>(labels.map((result) => [result.label, result]));
  const support = ({ label }: TagThresholds): number => results.get(label)?.support ?? 0;
  const sorted = tags.filter((tag) => support(tag) > 0).toSorted((a, b) => support(b) - support(a));
  const pictures = sorted.map((tag) => picture(tag, support(tag)));
  return markup`<h3>${untrusted(name)}</h3>
    ${folded(pictures, SHOWN, (some) => markup`<div class="pictures">${some}</div>`)}`;
}

export const thresholds: Section = {
  id: 'thresholds',
  title: 'Tags by threshold',
  render: ({ test }) => {
    const tasks = Object.entries(test?.tasks ?? {}).filter(([, details]) => details.thresholds.length > 0);
    if (tasks.length === 0) return undefined;
    return markup`<p class="muted">
        A tag is given where its score reaches the threshold. A threshold that is chosen on test rows makes the metrics
        on the same rows too good: choose it on validation rows.
      </p>
      ${tasks.map(([name, details]) => taskPart(name, details))}`;
  },
};
