/** What Python's `str.split` takes for white space: not the byte order mark, but the next line of EBCDIC. */
const SPACE = /(?:[^\S\u{feff}]|\u{85})+/u;

/**
 * Runs of `shortest` to `longest` characters of each word of a text in lower case, a space before and behind it: the
 * `char_wb` of scikit-learn. A word shorter than a run is one run itself.
 */
export function characterTerms(text: string, shortest: number, longest: number): readonly string[] {
  const terms: string[] = [];
  for (const word of text.toLowerCase().split(SPACE)) {
    if (word === '') continue;
    const characters = [' ', ...Array.from(word), ' '];
    for (let length = shortest; length <= longest; length++) {
      terms.push(characters.slice(0, length).join(''));
      for (let first = 1; first + length <= characters.length; first++) {
        terms.push(characters.slice(first, first + length).join(''));
      }
      if (length >= characters.length) break;
    }
  }
  return terms;
}
