import { endOfRecord, WORDS } from './text-records.ts';

/** Finds the first record of each hash: open addressing over the places of records. */
export class FirstRecords {
  #words: Uint32Array = new Uint32Array();
  #table = new Int32Array();
  #mask = 0;

  /** Forgets all, and takes the records to look among. Memory is kept from one time to the next. */
  reset(words: Uint32Array): void {
    let count = 0;
    for (let at = 0; at < words.length; at = endOfRecord(words, at)) count++;
    const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
    if (this.#table.length < size) this.#table = new Int32Array(size);
    this.#table.fill(-1, 0, size);
    this.#mask = size - 1;
    this.#words = words;
  }

  /** The first record of the same hash as the one at an index; that index itself where there was none. */
  firstOf(at: number): number {
    const [words, table] = [this.#words, this.#table];
    const [high, low] = [words[at + WORDS.high], words[at + WORDS.low]];
    let slot = (low ?? 0) & this.#mask;
    for (;;) {
      const found = table[slot] ?? -1;
      if (found < 0) {
        table[slot] = at;
        return at;
      }
      if (words[found + WORDS.high] === high && words[found + WORDS.low] === low) return found;
      slot = (slot + 1) & this.#mask;
    }
  }
}
