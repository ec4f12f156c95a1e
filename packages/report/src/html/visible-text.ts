// Texts and labels come from anywhere: what cannot be seen, or turns the reading order of what follows, is shown by its
// number, so that a page never says something else than its source.

/**
 * Control characters but tab and line feed, zero-width characters, marks and overrides of direction (Unicode TR 36, TR 9),
 * separators of lines, halves of pairs, and the byte order mark. Joiners stay where they join what is not ASCII: emoji and
 * Persian words are made of them.
 */
const UNSEEN =
  /(?![\t\n])\p{Cc}|[\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|(?<!\P{ASCII})[\u200C\u200D]|[\u200C\u200D](?!\P{ASCII})|\p{Surrogate}/gu;

/** `U+202E`. */
function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in which each character that cannot be seen is what `show` makes of its name. */
export function replaceUnseen(text: string, show: (name: string) => string): string {
  return text.replace(UNSEEN, (character) => show(codePointName(character)));
}

/** A text for places without markup, such as the titles of pictures: `a⟨U+202E⟩b`. */
export function visibleText(text: string, longest: number = 200): string {
  const whole = Array.from(text.slice(0, 2 * longest + 2));
  const cut = whole.length > longest ? `${whole.slice(0, longest - 1).join('')}…` : text;
  return replaceUnseen(cut, (name) => `⟨${name}⟩`);
}
