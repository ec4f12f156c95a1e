import { folded } from './folded.ts';
import { markup, type Html, type HtmlValue } from './html.ts';

export interface Column<R> {
  readonly heading: HtmlValue;
  readonly cell: (row: R) => HtmlValue;
  /** Right-aligned, in figures of one width. */
  readonly numeric?: boolean;
  /** Labels, which break only where they are long, or texts, which have room. */
  readonly holds?: 'label' | 'text';
}

/** A table that scrolls on its own where it is wider than the page. The first column heads the rows. */
export function table<R>(columns: readonly Column<R>[], rows: readonly R[], caption: string): Html {
  const looks = ({ numeric, holds }: Column<R>): Html | undefined => {
    const name = numeric === true ? 'number' : holds;
    return name === undefined ? undefined : markup` class="${name}"`;
  };
  const cells = (row: R): readonly Html[] =>
    columns.map((column, i) =>
      i === 0
        ? markup`<th scope="row" ${looks(column)}>${column.cell(row)}</th>`
        : markup`<td${looks(column)}>${column.cell(row)}</td>`,
    );
  return markup`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => markup`<th scope="col" ${looks(column)}>${column.heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            markup`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The first rows of a table, and the others behind a line that opens. */
export function foldedTable<R>(
  columns: readonly Column<R>[],
  rows: readonly R[],
  { caption, shown }: { readonly caption: string; readonly shown: number },
): Html {
  return folded(rows, shown, (some) => table(columns, some, caption));
}

/** Names and what they are, one under the other. */
export function facts(entries: readonly (readonly [HtmlValue, HtmlValue])[]): Html {
  return markup`<dl>
    ${entries.map(
      ([name, value]) =>
        markup`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
