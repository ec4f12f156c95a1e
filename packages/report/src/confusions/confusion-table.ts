import { markup, type Html } from '../html/html.ts';
import { untrusted } from '../html/untrusted.ts';
import { visibleText } from '../html/visible-text.ts';
import type { TaskDetails } from '../run/test-details.ts';

interface Cell {
  readonly label: string;
  readonly predicted: string;
  readonly rows: number;
  readonly support: number;
}

/** Rows by label and prediction; those that are right are what is left of a label's rows. */
function confusionCounts({ labels, confusions }: TaskDetails): (label: string, predicted: string) => number {
  const wrong = new Map(confusions.map(({ label, predicted, rows }) => [JSON.stringify([label, predicted]), rows]));
  const right = new Map(labels.map(({ label, support }) => [label, support]));
  for (const { label, rows } of confusions) right.set(label, (right.get(label) ?? 0) - rows);
  return (label, predicted) =>
    label === predicted ? (right.get(label) ?? 0) : (wrong.get(JSON.stringify([label, predicted])) ?? 0);
}

function cellMarkup({ label, predicted, rows, support }: Cell): Html {
  if (rows === 0) return markup`<td class="none">·</td>`;
  const share = support === 0 ? 0 : rows / support;
  const tone = label === predicted ? 'var(--right)' : 'var(--wrong)';
  const title = `${visibleText(label)} predicted as ${visibleText(predicted)}: ${rows} of ${support} rows`;
  return markup`<td style="--tone: ${tone}; --share: ${Math.round(8 + 40 * share)}%" title="${title}">${rows}</td>`;
}

/** Some labels against each other: a row for each label, a column of the same number for each prediction. */
export function confusionTable(details: TaskDetails, labels: readonly string[]): Html {
  const count = confusionCounts(details);
  const supports = new Map(details.labels.map(({ label, support }) => [label, support]));
  const row = (label: string, i: number): Html =>
    markup`<tr>
      <th scope="row">${i + 1} ${untrusted(label, 60)}</th>
      ${labels.map((predicted) => cellMarkup({ label, predicted, rows: count(label, predicted), support: supports.get(label) ?? 0 }))}
    </tr> `;
  const heading = (label: string, i: number): Html =>
    markup`<th scope="col" title="${visibleText(label)}">${i + 1}</th>`;
  return markup`<div class="wide" tabindex="0" role="region" aria-label="confusion matrix">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">label ↓ predicted →</th>
          ${labels.map(heading)}
        </tr>
      </thead>
      <tbody>
        ${labels.map(row)}
      </tbody>
    </table>
  </div>`;
}
