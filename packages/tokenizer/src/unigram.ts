// The best cut of a word into pieces under a unigram language model (Kudo 2018, https://arxiv.org/abs/1804.10959), by
// dynamic programming over the ends of pieces. The library's lattice makes objects for every piece and takes seconds for
// a long word; this follows the optimised path of Python's `tokenizers`, ties included (the earlier start wins).

/** Penalty of an unknown character below the least likely piece. */
const UNKNOWN_PENALTY = 10;

interface Pieces {
  readonly ids: ReadonlyMap<string, number>;
  readonly scores: Float64Array;
  /** Length of the longest piece that begins with these two UTF-16 units (or consists of one). */
  readonly longest: ReadonlyMap<string, number>;
  readonly unknownId: number | undefined;
  readonly unknownScore: number;
}

interface BestCut {
  readonly score: Float64Array;
  /** Where the last piece of the best cut up to here begins, or -1. */
  readonly start: Int32Array;
  readonly id: Int32Array;
}

function readPieces(vocabulary: readonly (readonly [string, number])[], unknownId: number | undefined): Pieces {
  const longest = new Map<string, number>();
  for (const [piece] of vocabulary) {
    const head = piece.slice(0, 2);
    if (piece.length > (longest.get(head) ?? 0)) longest.set(head, piece.length);
  }
  const scores = Float64Array.from(vocabulary, ([, score]) => score);
  const unknownScore =
    scores.reduce((least, score) => Math.min(least, score), Number.POSITIVE_INFINITY) - UNKNOWN_PENALTY;
  return { ids: new Map(vocabulary.map(([piece], id) => [piece, id])), scores, longest, unknownId, unknownScore };
}

function offer(best: BestCut, start: number, end: number, id: number, score: number): void {
  if ((best.start[end] ?? -1) >= 0 && score <= (best.score[end] ?? 0)) return;
  best.start[end] = start;
  best.score[end] = score;
  best.id[end] = id;
}

/** Offers every piece that begins at `start`; says whether one of them is the single character there. */
function offerPieces(best: BestCut, pieces: Pieces, word: string, start: number, characterEnd: number): boolean {
  const before = best.score[start] ?? 0;
  const most = Math.max(
    pieces.longest.get(word.slice(start, start + 2)) ?? 0,
    pieces.longest.has(word.charAt(start)) ? 1 : 0,
  );
  let single = false;
  for (let end = characterEnd; end <= Math.min(word.length, start + most); end++) {
    const id = pieces.ids.get(word.slice(start, end));
    if (id === undefined) continue;
    offer(best, start, end, id, before + (pieces.scores[id] ?? 0));
    single ||= end === characterEnd;
  }
  return single;
}

function readBack(best: BestCut, length: number, unknownId: number): readonly number[] {
  const ids: number[] = [];
  for (let end = length; end > 0; end = best.start[end] ?? 0) {
    const id = best.id[end] ?? unknownId;
    // Unknown characters side by side are one unknown token.
    if (id !== unknownId || ids.at(-1) !== unknownId) ids.push(id);
  }
  return ids.reverse();
}

/** The cut of words into ids. A vocabulary without unknown token gives no ids for a word it cannot spell. */
export function unigram(
  vocabulary: readonly (readonly [string, number])[],
  unknownId: number | undefined,
): (word: string) => readonly number[] {
  const pieces = readPieces(vocabulary, unknownId);
  return (word) => {
    const size = word.length + 1;
    const best = { score: new Float64Array(size), start: new Int32Array(size).fill(-1), id: new Int32Array(size) };
    for (let start = 0; start < word.length;) {
      const characterEnd = start + ((word.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
      const single = offerPieces(best, pieces, word, start, characterEnd);
      if (!single) offer(best, start, characterEnd, unknownId ?? -1, (best.score[start] ?? 0) + pieces.unknownScore);
      start = characterEnd;
    }
    const ids = readBack(best, word.length, unknownId ?? -1);
    return ids.includes(-1) ? [] : ids;
  };
}
