import { folded } from '../html/folded.ts';
import { markup, type Html, type HtmlValue } from '../html/html.ts';
import { counted, decimals, percent, valueText } from '../html/numbers.ts';
import { untrusted } from '../html/untrusted.ts';
import type { WrongRow } from '../run/test-details.ts';
import type { Section } from './section.ts';

const SHOWN = 10;
const LABEL = 200;

const shown = (value: unknown): HtmlValue =>
  typeof value === 'number'
    ? decimals(value)
    : untrusted(Array.isArray(value) && value.length === 0 ? 'nothing' : valueText(value), LABEL);

/** How wrong, in the words of the kind of task. */
function degree(kind: string, error: number): string {
  if (kind.endsWith('classification')) return `${percent(error, 0)} sure`;
  return kind === 'multi-label' ? `${counted(error, 'wrong tag')}` : `off by ${decimals(error)}`;
}

function item(kind: string, { place, texts, label, predicted, error }: WrongRow): Html {
  return markup`<li>
    ${texts.map((text) => markup`<blockquote>${untrusted(text)}</blockquote>`)}
    <p>
      is <b>${shown(label)}</b>, predicted <span class="wrong">${shown(predicted)}</span>, ${degree(kind, error)}
      <span class="muted">${untrusted(place, LABEL)}</span>
    </p>
  </li> `;
}

function taskPart(name: string, kind: string, worst: readonly WrongRow[]): Html {
  if (worst.length === 0)
    return markup`<h3>${untrusted(name)}</h3>
      <p>No test row is wrong.</p>`;
  const list = (rows: readonly WrongRow[]): Html =>
    markup`<ol class="errors">
      ${rows.map((row) => item(kind, row))}
    </ol>`;
  return markup`<h3>${untrusted(name)}</h3>
    ${folded(worst, SHOWN, list)}`;
}

export const errors: Section = {
  id: 'errors',
  title: 'Where it is most wrong',
  render: ({ test, results }) => {
    const tasks = Object.entries(test?.tasks ?? {});
    if (tasks.length === 0) return undefined;
    return markup`<p class="muted">
        Test rows that it is surest of and wrong about. Some of them may be labels to correct.
      </p>
      ${tasks.map(([name, { worst }]) => taskPart(name, results?.tasks[name]?.model.kind ?? '', worst))}`;
  },
};
