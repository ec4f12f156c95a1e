import { escapeHtml, Html, markup } from './html.ts';
import { replaceUnseen } from './visible-text.ts';

/** Characters of a text that are shown before it is cut. */
const LONGEST = 600;

/** Where long names of labels and addresses may be broken. */
const JOINT = /[_/.-](?=\p{L})/gu;

/** A text of the data, with a direction of its own, escaped, what cannot be seen made visible, and cut where it is long. */
export function untrusted(text: string, longest: number = LONGEST): Html {
  const characters = Array.from(text.slice(0, 2 * longest + 2));
  const isLong = characters.length > longest;
  const shown = escapeHtml(isLong ? characters.slice(0, longest).join('') : text);
  const broken = shown.replaceAll(JOINT, '$&<wbr>');
  const seen = replaceUnseen(broken, (name) => `<span class="unseen">${name}</span>`);
  const rest = isLong && markup`<span class="muted">… (${text.length} characters)</span>`;
  return markup`<bdi>${new Html(seen)}</bdi>${rest}`;
}
