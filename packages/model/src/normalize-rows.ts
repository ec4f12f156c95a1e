/** Below it a length counts as this much, as in PyTorch. */
const LEAST_LENGTH = 1e-12;

/** Divides each row of `columns` values by its Euclidean length, where it stands. A row of zeros stays zeros. */
export function normalizeRowsInPlace(data: Float32Array, columns: number): void {
  for (let start = 0; start < data.length; start += columns) {
    const row = data.subarray(start, start + columns);
    let squares = 0;
    for (const value of row) squares += value * value;
    const scale = Math.max(Math.sqrt(squares), LEAST_LENGTH);
    for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) / scale;
  }
}
