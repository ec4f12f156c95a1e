/** The place (N) of the greatest of each row of scores (N, L); of equal ones, the first. */
export function argMaxRows(scores: ArrayLike<number>, labelCount: number): Uint32Array {
  return Uint32Array.from({ length: Math.floor(scores.length / labelCount) }, (_, row) => {
    let best = 0;
    for (let label = 1; label < labelCount; label++) {
      if ((scores[row * labelCount + label] ?? NaN) > (scores[row * labelCount + best] ?? NaN)) best = label;
    }
    return best;
  });
}
