const PLAIN = /^[\w@%+=:,./-]+$/;

/** Words as a POSIX shell reads them: `encode 'my file.csv'`. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ');
}
