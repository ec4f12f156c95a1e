import { dot, frame, link, type Markish } from '@observablehq/plot';
import { confusionGroups, type ConfusionGroup } from '../confusions/confusion-groups.ts';
import { confusionTable } from '../confusions/confusion-table.ts';
import { folded } from '../html/folded.ts';
import { markup, type Html } from '../html/html.ts';
import { counted, percent } from '../html/numbers.ts';
import { foldedTable } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import { figure } from '../pictures/plot.ts';
import type { Confusion, TaskDetails } from '../run/test-details.ts';
import type { Section } from './section.ts';

/** Tasks with no more labels are shown as one whole matrix. */
const WHOLE = 12;
/** Groups that are shown before the others are folded. */
const SHOWN_GROUPS = 8;
const SHOWN_PAIRS = 12;
const EXAMPLE = 120;

/** All labels that are ever confused, in the order of the groups: a dot for each pair, as large as its rows. */
function overview(name: string, { labels, confusions }: TaskDetails, groups: readonly ConfusionGroup[]): Html {
  const order = groups.flatMap((group) => group.labels);
  const place = new Map(order.map((label, i) => [label, i]));
  const supports = new Map(labels.map(({ label, support }) => [label, support]));
  const dots = confusions.map(({ label, predicted, rows }) => ({
    x: place.get(predicted) ?? 0,
    y: place.get(label) ?? 0,
    rows,
    title: `${visibleText(label)} predicted as ${visibleText(predicted)}: ${rows} of ${supports.get(label) ?? 0} rows`,
  }));
  const most = Math.max(...dots.map(({ rows }) => rows));
  const end = order.length - 0.5;
  const marks: readonly Markish[] = [
    frame({ stroke: 'var(--line)' }),
    link([0], { x1: -0.5, y1: -0.5, x2: end, y2: end, stroke: 'var(--right)', strokeOpacity: 0.5 }),
    dot(dots, {
      x: 'x',
      y: 'y',
      r: ({ rows }: { readonly rows: number }) => 2 + 5 * Math.sqrt(rows / most),
      fill: 'var(--wrong)',
      fillOpacity: 0.8,
      title: 'title',
    }),
  ];
  const never = labels.length - order.length;
  return figure({
    title: 'Where the wrong rows are',
    isSquare: true,
    description: `wrong rows of ${visibleText(name)}: ${confusions.length} pairs of labels, ${order.length} of ${labels.length} labels`,
    caption: markup`Down: the label; across: what was predicted, in the same order; a dot for each pair, larger for more
    rows (at most ${most}). Labels that are taken for each other stand together, near the line of what is
    right.${never > 0 && ` ${counted(never, 'label')} without a wrong row ${never === 1 ? 'is' : 'are'} left out.`}`,
    options: {
      width: 480,
      height: 480,
      marginLeft: 12,
      marginRight: 12,
      marginTop: 12,
      marginBottom: 12,
      r: { type: 'identity' },
      x: { axis: null, domain: [-0.5, end] },
      y: { axis: null, domain: [end, -0.5] },
      marks: [...marks],
    },
  });
}

function pairsTable(name: string, { labels, confusions }: TaskDetails): Html {
  const supports = new Map(labels.map(({ label, support }) => [label, support]));
  const share = ({ label, rows }: Confusion): number => rows / Math.max(1, supports.get(label) ?? 0);
  return foldedTable(
    [
      { heading: 'label', holds: 'label', cell: ({ label }) => untrusted(label, 80) },
      { heading: 'taken for', holds: 'label', cell: ({ predicted }) => untrusted(predicted, 80) },
      { heading: 'rows', numeric: true, cell: ({ rows }) => rows },
      { heading: 'of the label', numeric: true, cell: (pair) => percent(share(pair), 0) },
      {
        heading: 'for example',
        holds: 'text',
        cell: ({ example }) =>
          example === undefined ? '' : markup`<span class="muted">${untrusted(example, EXAMPLE)}</span>`,
      },
    ],
    confusions,
    {
      caption: `labels of ${visibleText(name)} that are taken for others, the most frequent first`,
      shown: SHOWN_PAIRS,
    },
  );
}

function groupTables(details: TaskDetails, groups: readonly ConfusionGroup[]): Html {
  const tables = groups.map(({ labels }) => confusionTable(details, labels));
  return markup`<h4>Groups of labels that are taken for each other</h4>
    ${folded(tables, SHOWN_GROUPS, (some) => markup`<div class="groups">${some}</div>`)}`;
}

function taskPart(name: string, details: TaskDetails): Html {
  const heading = markup`<h3>${untrusted(name)}</h3>`;
  const rows = details.confusions.reduce((sum, pair) => sum + pair.rows, 0);
  const tested = details.labels.reduce((sum, { support }) => sum + support, 0);
  if (rows === 0)
    return markup`${heading}
      <p>All ${counted(tested, 'test row')} are right: nothing is confused.</p>`;
  const intro = markup`<p>
    ${counted(rows, 'row')} of ${counted(tested, 'test row')} ${rows === 1 ? 'has' : 'have'} the wrong label.
  </p>`;
  if (details.labels.length <= WHOLE) {
    return markup`${heading}${intro}${confusionTable(
      details,
      details.labels.map(({ label }) => label),
    )}${pairsTable(name, details)}`;
  }
  const groups = confusionGroups(details.confusions);
  return markup`${heading}${intro}${pairsTable(name, details)}${groupTables(details, groups)}${overview(name, details, groups)}`;
}

export const confusions: Section = {
  id: 'confusions',
  title: 'What is taken for what',
  render: ({ test, results }) => {
    const tasks = Object.entries(test?.tasks ?? {}).filter(([name]) =>
      results?.tasks[name]?.model.kind.endsWith('classification'),
    );
    return tasks.length === 0 ? undefined : markup`${tasks.map(([name, details]) => taskPart(name, details))}`;
  },
};
