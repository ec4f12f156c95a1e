/** `1 / (1 + e⁻ˢ)`, without overflow. */
export function sigmoid(score: number): number {
  const power = Math.exp(-Math.abs(score));
  return score >= 0 ? 1 / (1 + power) : power / (1 + power);
}

/** Puts the softmax of `width` scores from `start` on in their place, and gives the log of the sum of their powers of e. */
export function softmaxInPlace(scores: Float32Array | Float64Array, start: number, width: number): number {
  let largest = -Infinity;
  for (let i = start; i < start + width; i++) largest = Math.max(largest, scores[i] ?? NaN);
  let sum = 0;
  for (let i = start; i < start + width; i++) {
    const power = Math.exp((scores[i] ?? NaN) - largest);
    scores[i] = power;
    sum += power;
  }
  for (let i = start; i < start + width; i++) scores[i] = (scores[i] ?? NaN) / sum;
  return largest + Math.log(sum);
}

/** The softmax of each row of scores (N, L). */
export function softmaxRows(scores: Float32Array, width: number): Float64Array {
  const rows = Float64Array.from(scores);
  for (let start = 0; start < rows.length; start += width) softmaxInPlace(rows, start, width);
  return rows;
}
