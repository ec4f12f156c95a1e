import type { MeasuredOutputs, Selection } from './kind-metrics.ts';

/** Some rows of values (N, W), in float32 where they are. */
export function selectValues(values: ArrayLike<number>, rows: ArrayLike<number>, width: number): ArrayLike<number> {
  const size = rows.length * width;
  const selected = values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? NaN) * width;
    for (let at = 0; at < width; at++) selected[i * width + at] = values[from + at] ?? NaN;
  }
  return selected;
}

/** Some rows of probabilities (N, L), where there are any and they are wanted. */
export function selectProbabilities(
  { probabilities }: Pick<MeasuredOutputs, 'probabilities'>,
  selection: Selection,
  labelCount: number,
): Pick<MeasuredOutputs, 'probabilities'> {
  if (probabilities === undefined || !selection.probabilities) return {};
  return { probabilities: selectValues(probabilities, selection.rows, labelCount) };
}

/** The rows of values (N, W) of which at least one is known. */
export function rowsWithKnown(
  values: ArrayLike<number>,
  width: number,
  isKnown: (value: number) => boolean,
): Uint32Array {
  const known = new Set<number>();
  for (let at = 0; at < values.length; at++) {
    if (isKnown(values[at] ?? NaN)) known.add(Math.floor(at / width));
  }
  return Uint32Array.from(known);
}
