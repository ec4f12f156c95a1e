// Words repeat: a cache of word → ids makes the library's models (which build substrings) a cost of new words only.

const MAXIMUM_WORDS = 100_000;
const MAXIMUM_LENGTH = 64;

/** A word in memory of its own: V8 keeps a part of a text as a view, and with it the whole text in memory. */
const detached = (word: string): string => ` ${word}`.slice(1);

/** The same function, remembering what it gave for short keys; forgets all when there are too many. */
export function cacheWords(idsOf: (word: string) => readonly number[]): (word: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const ids = idsOf(word);
    if (word.length > MAXIMUM_LENGTH) return ids;
    if (known.size >= MAXIMUM_WORDS) known.clear();
    known.set(detached(word), ids);
    return ids;
  };
}
