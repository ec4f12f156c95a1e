import { markup, type Html } from '../html/html.ts';
import { counted, decimals } from '../html/numbers.ts';
import { foldedTable, type Column } from '../html/table.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import type { LabelResult, TaskDetails } from '../run/test-details.ts';
import type { Section } from './section.ts';

const SHOWN = 15;

const share = (name: 'precision' | 'recall' | 'f1', heading: string): Column<LabelResult> => ({
  heading,
  numeric: true,
  cell: (result) =>
    markup`${decimals(result[name], 2)}<span class="bar" style="--share: ${Math.round(100 * result[name])}%"></span>`,
});

const COLUMNS: readonly Column<LabelResult>[] = [
  { heading: 'label', holds: 'label', cell: ({ label }) => untrusted(label, 80) },
  { heading: 'rows', numeric: true, cell: ({ support }) => support },
  { heading: 'predicted', numeric: true, cell: ({ predicted }) => predicted },
  share('f1', 'F1'),
  share('precision', 'precision'),
  share('recall', 'recall'),
];

/** The worst first: a label that no row has is neither good nor bad, and comes last. */
function worstFirst(labels: readonly LabelResult[]): readonly LabelResult[] {
  const value = ({ support, predicted, f1 }: LabelResult): number => (support + predicted === 0 ? 2 : f1);
  return labels.toSorted((a, b) => value(a) - value(b) || b.support - a.support);
}

function taskPart(name: string, { labels }: TaskDetails): Html {
  const perfect = labels.filter(({ f1 }) => f1 === 1).length;
  const absent = labels.filter(({ support }) => support === 0).length;
  const caption = `labels of ${visibleText(name)}, the worst first`;
  return markup`<h3>${untrusted(name)}</h3>
    <p>
      ${perfect} of ${counted(labels.length, 'label')} ${perfect === 1 ? 'has' : 'have'} no wrong
      row.${absent > 0 && ` ${counted(absent, 'label')} ${absent === 1 ? 'has' : 'have'} no test row: nothing is known of ${absent === 1 ? 'it' : 'them'}.`}
    </p>
    ${foldedTable(COLUMNS, worstFirst(labels), { caption, shown: SHOWN })}`;
}

export const labels: Section = {
  id: 'labels',
  title: 'Label by label',
  render: ({ test }) => {
    const tasks = Object.entries(test?.tasks ?? {}).filter(([, details]) => details.labels.length > 0);
    if (tasks.length === 0) return undefined;
    return markup`<p class="muted">
        Precision: of the rows that were given the label, those that have it. Recall: of the rows that have it, those
        that were given it. F1 is low where either is.
      </p>
      ${tasks.map(([name, details]) => taskPart(name, details))}`;
  },
};
