/**
 * How the pairs of rows are ordered, in n log n: discordant pairs are the inversions of the labels once rows are in the
 * order of their predictions. Knight, "A computer method for calculating Kendall's tau with ungrouped data" (1966).
 */
export interface PairOrder {
  readonly all: number;
  readonly tiedPredictions: number;
  readonly tiedLabels: number;
  /** Pairs that are tied in both. */
  readonly tiedBoth: number;
  readonly discordant: number;
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

/** Pairs of neighbours that are the same, in an order that brings the same together. */
function tiedPairs(count: number, same: (at: number) => boolean): number {
  let [pairs, run] = [0, 1];
  for (let at = 1; at <= count; at++) {
    if (at < count && same(at)) run++;
    else [pairs, run] = [pairs + pairsOf(run), 1];
  }
  return pairs;
}

/** Sorts the values and counts the pairs that stood the wrong way round. */
function sortCountingInversions(values: Float64Array): number {
  let inversions = 0;
  let from: Float64Array = values;
  let into: Float64Array = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, values.length), Math.min(start + 2 * width, values.length)];
      for (let at = start, left = start, right = middle; at < end; at++) {
        const takeLeft = left < middle && (right >= end || (from[left] ?? NaN) <= (from[right] ?? NaN));
        if (!takeLeft) inversions += middle - left;
        into[at] = (takeLeft ? from[left++] : from[right++]) ?? NaN;
      }
    }
    [from, into] = [into, from];
  }
  values.set(from);
  return inversions;
}

/** Counts the pairs of rows by how predictions and labels order them. */
export function pairOrder(predictions: Float64Array, labels: Float64Array): PairOrder {
  const count = labels.length;
  const rows = Uint32Array.from(labels, (_, row) => row);
  const compare = (values: Float64Array, a: number, b: number): number => (values[a] ?? NaN) - (values[b] ?? NaN);
  rows.sort((a, b) => compare(predictions, a, b) || compare(labels, a, b));
  const sameAt = (values: Float64Array, at: number): boolean => values[rows[at] ?? 0] === values[rows[at - 1] ?? 0];
  const tiedPredictions = tiedPairs(count, (at) => sameAt(predictions, at));
  const tiedBoth = tiedPairs(count, (at) => sameAt(predictions, at) && sameAt(labels, at));
  const ordered = Float64Array.from(rows, (row) => labels[row] ?? NaN);
  const discordant = sortCountingInversions(ordered);
  const tiedLabels = tiedPairs(count, (at) => ordered[at] === ordered[at - 1]);
  return { all: pairsOf(count), tiedPredictions, tiedLabels, tiedBoth, discordant };
}
