import {
  accents,
  chineseCharacters,
  combiningMarks,
  letters,
  numbers,
  punctuation,
  removedCharacters,
} from './unicode-tables.ts';

/** A run-length table of unicode-tables.ts as the inside of a regular expression's class (flag `u`). */
function classOf(table: string): string {
  let position = 0;
  let source = '';
  const steps = table.split(' ').map((word) => Number.parseInt(word, 36));
  for (let i = 0; i + 1 < steps.length; i += 2) {
    const start = position + (steps[i] ?? 0);
    position = start + (steps[i + 1] ?? 0);
    source += `\\u{${start.toString(16)}}-\\u{${(position - 1).toString(16)}}`;
  }
  return source;
}

type ClassName =
  | 'removed'
  | 'chinese'
  | 'accent'
  | 'combiningMark'
  | 'punctuation'
  | 'letter'
  | 'number'
  | 'whiteSpace';

/** Insides of character classes, equal to those of Python's `tokenizers`. */
export const characterClass: Readonly<Record<ClassName, string>> = {
  removed: classOf(removedCharacters),
  chinese: classOf(chineseCharacters),
  accent: classOf(accents),
  combiningMark: classOf(combiningMarks),
  punctuation: classOf(punctuation),
  letter: classOf(letters),
  number: classOf(numbers),
  // JavaScript's \s has U+FEFF and lacks U+0085; this property is what Python's side calls whitespace.
  whiteSpace: '\\p{White_Space}',
};
