import { dot, gridX, gridY, line, link, rectY, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { amount, percent } from '../html/numbers.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import type { ConfidenceBin } from '../run/test-details.ts';
import type { Section } from './section.ts';

interface FilledBin extends ConfidenceBin {
  readonly confidence: number;
  readonly accuracy: number;
}

const isFilled = (bin: ConfidenceBin): bin is FilledBin => bin.confidence !== null && bin.accuracy !== null;

function mean(bins: readonly FilledBin[], of: (bin: FilledBin) => number): number {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, bin) => sum + bin.rows * of(bin), 0) / rows;
}

/** A gap of the means below this is told to be none. */
const NEAR = 0.02;

function verdict(bins: readonly FilledBin[]): string {
  const [confidence, accuracy] = [mean(bins, (bin) => bin.confidence), mean(bins, (bin) => bin.accuracy)];
  const numbers = `It is ${percent(confidence)} sure on average, and right in ${percent(accuracy)}`;
  if (Math.abs(confidence - accuracy) < NEAR) return `${numbers}: about as sure as it is right.`;
  return confidence < accuracy
    ? `${numbers}: it is right more often than it says.`
    : `${numbers}: it is surer than it should be; do not read its confidence as a probability.`;
}

function marksOf(bins: readonly FilledBin[]): readonly Markish[] {
  const most = Math.max(...bins.map(({ rows }) => rows));
  const title = ({ low, high, rows, confidence, accuracy }: FilledBin): string =>
    `confidence ${percent(low, 0)} to ${percent(high, 0)}: ${amount(rows)} rows, ${percent(confidence)} sure, ${percent(accuracy)} right`;
  return [
    gridX(),
    gridY(),
    rectY(bins, {
      x1: 'low',
      x2: 'high',
      y1: 0,
      y2: ({ rows }: FilledBin) => (0.25 * rows) / most,
      fill: 'var(--series-6)',
      fillOpacity: 0.3,
      title,
    }),
    link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '4 3' }),
    line(bins, { x: 'confidence', y: 'accuracy', stroke: 'var(--series-1)', strokeWidth: 2 }),
    dot(bins, { x: 'confidence', y: 'accuracy', r: 4, fill: 'var(--series-1)', title }),
  ];
}

function picture(name: string, bins: readonly FilledBin[]): Html {
  return figure({
    title: untrusted(name),
    description: `calibration of ${visibleText(name)}. ${verdict(bins)}`,
    caption: markup`${verdict(bins)}
      <span class="muted">On the dashed line the two are equal; the grey bars say where the rows are.</span>`,
    options: {
      height: 300,
      x: { label: 'confidence', domain: [0, 1], tickFormat: '.0%', ticks: 5 },
      y: { label: 'share that is right', domain: [0, 1], tickFormat: '.0%', ticks: 5 },
      marks: [...marksOf(bins)],
    },
  });
}

export const calibration: Section = {
  id: 'calibration',
  title: 'How far its confidence can be trusted',
  render: ({ test }) => {
    const pictures = Object.entries(test?.tasks ?? {}).flatMap(([name, details]) => {
      const bins = details.calibration.filter(isFilled);
      return bins.length === 0 ? [] : [picture(name, bins)];
    });
    return pictures.length === 0 ? undefined : markup`<div class="pictures">${pictures}</div>`;
  },
};
