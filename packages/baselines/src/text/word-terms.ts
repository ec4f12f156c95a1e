/** Two or more letters, digits or underscores in a row: scikit-learn's words. */
const WORD = /[\p{L}\p{N}_]{2,}/gu;

/** Runs of `shortest` to `longest` words of a text in lower case, joined by a space. */
export function wordTerms(text: string, shortest: number, longest: number): readonly string[] {
  const words = text.toLowerCase().match(WORD) ?? [];
  const terms: string[] = [];
  for (let length = shortest; length <= longest; length++) {
    for (let first = 0; first + length <= words.length; first++) {
      terms.push(length === 1 ? (words[first] ?? '') : words.slice(first, first + length).join(' '));
    }
  }
  return terms;
}
