import { barX, type Markish } from '@observablehq/plot';
import { markup, type Html } from '../html/html.ts';
import { amount, byteSize, counted, percent } from '../html/numbers.ts';
import { facts, table } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import { SIDES, type DataFacts, type LabelUse } from '../run/data-facts.ts';
import type { Section } from './section.ts';

/** Labels of a task that a picture has a line for. */
const MOST_LABELS = 14;

function filesTable({ files }: DataFacts): Html {
  const lines = SIDES.flatMap((side) => files[side].map((file) => ({ side, ...file })));
  return table(
    [
      { heading: 'file', cell: ({ name }) => untrusted(name) },
      { heading: 'used for', cell: ({ side }) => side },
      { heading: 'size', numeric: true, cell: ({ bytes }) => (bytes === null ? '–' : byteSize(bytes)) },
      {
        heading: 'SHA-256',
        cell: ({ sha256 }) => (sha256 === null ? 'a stream has none' : markup`<span class="hash">${sha256}</span>`),
      },
    ],
    lines,
    'data files',
  );
}

function splitFacts({ rows, splitOff, leaked, rejected }: DataFacts): Html {
  const entries = SIDES.map((side) => {
    const how = splitOff.includes(side) ? ', split off the training rows' : '';
    const seen =
      side === 'train' || leaked[side] === 0 ? '' : `; ${counted(leaked[side], 'text')} of them in training too`;
    return [`${side} rows`, `${rows[side] === 0 ? 'none' : amount(rows[side])}${how}${seen}`] as const;
  });
  return facts([...entries, ...(rejected > 0 ? ([['left out', counted(rejected, 'bad row')]] as const) : [])]);
}

interface LabelBar {
  readonly label: string;
  readonly rows: number;
}

/** Bars stand at the places of their labels: names that are cut may be the same. */
function labelsMarks(bars: readonly LabelBar[]): readonly Markish[] {
  return [
    barX(bars, {
      x: 'rows',
      y: (_: LabelBar, place: number) => place,
      fill: 'var(--series-1)',
      title: ({ label, rows }: LabelBar) => `${visibleText(label)}: ${rows} rows`,
    }),
  ];
}

function labelsPicture(name: string, { labels, sides }: LabelUse): Html | undefined {
  if (labels.length === 0) return undefined;
  const counts = labels.map((label, i) => ({ label, rows: sides.train.counts[i] ?? 0 }));
  const sorted = counts.toSorted((a, b) => b.rows - a.rows);
  const isCut = sorted.length > MOST_LABELS;
  const half = MOST_LABELS / 2;
  const shown = isCut ? [...sorted.slice(0, half), ...sorted.slice(-half)] : sorted;
  const [most, fewest] = [sorted[0]?.rows ?? 0, sorted.at(-1)?.rows ?? 0];
  if (most === fewest && isCut)
    return markup`<p>
      <b>${untrusted(name)}</b>: each of the ${labels.length} labels has ${counted(most, 'training row')}.
    </p>`;
  return figure({
    title: untrusted(name),
    description: `training rows per label of ${visibleText(name)}: from ${fewest} to ${most}`,
    caption: isCut
      ? `training rows: the ${half} most frequent of ${labels.length} labels, then the ${half} rarest`
      : 'training rows of each label',
    options: {
      height: 40 + 18 * shown.length,
      marginLeft: 150,
      marginTop: 8,
      marginRight: 20,
      x: { label: null, ticks: 4, grid: true },
      y: {
        domain: shown.map((_, place) => place),
        tickFormat: (place: number) => visibleText((shown[place]?.label ?? '').replaceAll(/\s+/g, ' '), 20),
        label: null,
        tickSize: 0,
      },
      marks: [...labelsMarks(shown)],
    },
  });
}

function tasksTable({ tasks, rows }: DataFacts): Html {
  return table(
    [
      { heading: 'task', cell: ([name]) => untrusted(name) },
      { heading: 'kind', cell: ([, { kind }]) => kind },
      {
        heading: 'labels',
        numeric: true,
        cell: ([, { labels }]) => (labels.length === 0 ? '–' : amount(labels.length)),
      },
      ...SIDES.map((side) => ({
        heading: `${side} rows`,
        numeric: true,
        cell: ([, { sides }]: readonly [string, LabelUse]) => amount(sides[side].rows),
      })),
      {
        heading: 'unlabelled in training',
        numeric: true,
        cell: ([, { sides }]) => percent(rows.train === 0 ? null : 1 - sides.train.rows / rows.train),
      },
    ],
    Object.entries(tasks),
    'tasks, and the rows that have a label of them',
  );
}

export const trainingData: Section = {
  id: 'data',
  title: 'What it was trained on',
  render: ({ data }) => {
    if (data === undefined)
      return markup`<p class="note">The run has no data.json, which says what it was trained on.</p>`;
    const pictures = Object.entries(data.tasks).flatMap(([name, use]) => labelsPicture(name, use) ?? []);
    return markup`${splitFacts(data)}${filesTable(data)}${tasksTable(data)}
      <div class="pictures">${pictures}</div>`;
  },
};
