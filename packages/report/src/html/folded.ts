import { markup, type Html } from './html.ts';
import { amount } from './numbers.ts';

/** The first of some items as a list, and a list of the others behind a line that opens. */
export function folded<T>(items: readonly T[], shown: number, list: (items: readonly T[]) => Html): Html {
  const rest = items.slice(shown);
  const more = markup`<details>
    <summary>${amount(rest.length)} more</summary>
    ${rest.length > 0 && list(rest)}
  </details>`;
  return markup`${list(items.slice(0, shown))}${rest.length > 0 && more}`;
}
