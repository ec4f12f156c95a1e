import { gridY, rectY, ruleX, ruleY, text, type Markish } from '@observablehq/plot';
import { markup } from '../html/html.ts';
import { amount, counted, percent } from '../html/numbers.ts';
import { figure } from '../pictures/plot.ts';
import type { TextLengths } from '../run/data-facts.ts';
import type { Section } from './section.ts';

const MOST_BINS = 40;

interface Bin {
  readonly low: number;
  readonly high: number;
  readonly texts: number;
}

/** Bins of whole widths, of all but the longest hundredth of the texts, which the last bin holds too. */
function binsOf({ counts, sampled, limit }: TextLengths): readonly Bin[] {
  let seen = 0;
  const common = counts.find(([, texts]) => (seen += texts) >= 0.99 * sampled)?.[0] ?? 1;
  const end = Math.max(common, Math.min(limit, 2 * common)) + 1;
  const width = Math.ceil(end / MOST_BINS);
  const bins = Array.from({ length: Math.ceil(end / width) }, (_, i) => ({
    low: i * width,
    high: (i + 1) * width,
    texts: 0,
  }));
  for (const [tokens, texts] of counts) {
    const bin = bins[Math.min(bins.length - 1, Math.floor(tokens / width))];
    if (bin !== undefined) bin.texts += texts;
  }
  return bins;
}

function marksOf(bins: readonly Bin[], { limit, longest }: TextLengths): readonly Markish[] {
  const end = bins.at(-1)?.high ?? 0;
  const title = ({ low, high, texts }: Bin): string => {
    const range =
      high === end && longest >= high ? `${low} or more` : high - low === 1 ? String(low) : `${low} to ${high - 1}`;
    return `${range} ${range === '1' ? 'token' : 'tokens'}: ${counted(texts, 'text')}`;
  };
  return [
    gridY(),
    rectY(bins, { x1: 'low', x2: 'high', y: 'texts', fill: 'var(--series-1)', title, insetLeft: 0.5, insetRight: 0.5 }),
    ruleY([0]),
    ...(limit < end
      ? [
          ruleX([limit], { stroke: 'var(--series-2)', strokeWidth: 2, strokeDasharray: '5 3' }),
          text([`read: ${limit}`], {
            x: limit,
            frameAnchor: 'top',
            dx: -4,
            textAnchor: 'end',
            fill: 'var(--series-2)',
          }),
        ]
      : []),
  ];
}

export const lengths: Section = {
  id: 'lengths',
  title: 'How long the texts are',
  render: ({ data }) => {
    if (data?.lengths === undefined) return undefined;
    const { sampled, isExact, median, percentile95, longest, limit, cut } = data.lengths;
    const bins = binsOf(data.lengths);
    const of = isExact
      ? `all ${counted(sampled, 'training text')}`
      : `a sample of ${counted(sampled, 'training text')}`;
    const reads =
      cut === 0
        ? `Training reads up to ${amount(limit)} tokens: no text is cut.`
        : `Training reads ${amount(limit)} tokens: ${counted(cut, 'text')} (${percent(cut / sampled)}) ${cut === 1 ? 'is' : 'are'} cut.`;
    return markup`<p>
        Half of the texts have at most ${counted(median, 'token')}, 95 of 100 at most ${amount(percentile95)}; the
        longest has ${amount(longest)}. ${reads}
      </p>
      ${figure({
        description: `lengths of ${of} in tokens: median ${median}, longest ${longest}, read ${limit}`,
        caption: `Tokens of ${of}, the two at the ends included.`,
        options: {
          height: 220,
          x: { label: 'tokens', ticks: 6 },
          y: { label: 'texts', ticks: 5 },
          marks: [...marksOf(bins, data.lengths)],
        },
      })}`;
  },
};
