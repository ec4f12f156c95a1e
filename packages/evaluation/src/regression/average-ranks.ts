/** The first place of ascending values that holds at least a value. */
function firstPlace(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? NaN) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rank of each place of ascending values, from 1; equal values share the mean of their ranks. */
function ranksOfPlaces(ascending: Float64Array): Float64Array {
  const ranks = new Float64Array(ascending.length);
  for (let first = 0, end = 0; first < ascending.length; first = end) {
    while (end < ascending.length && ascending[end] === ascending[first]) end++;
    ranks.fill((first + 1 + end) / 2, first, end);
  }
  return ranks;
}

/** The rank of each value, from 1; equal values share the mean of their ranks. */
export function averageRanks(values: Float64Array): Float64Array {
  const ascending = values.toSorted();
  const ranks = ranksOfPlaces(ascending);
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = ranks[firstPlace(ascending, values[i] ?? NaN)] ?? NaN;
  return result;
}
