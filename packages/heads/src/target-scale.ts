import { TaskConfigError } from './errors.ts';

/** Mean and standard deviation of each number of the targets. */
export interface TargetScale {
  readonly means: readonly number[];
  /** Above 0; 1 for targets that are all the same. */
  readonly deviations: readonly number[];
}

/**
 * The scale of targets.
 *
 * @param rows those that have a target
 * @throws TaskConfigError where there is none
 */
export function fitTargetScale(rows: readonly (readonly number[])[], size: number): TargetScale {
  if (rows.length === 0) throw new TaskConfigError('no row has a label, so the scale of the targets is not known');
  const mean = (of: (row: readonly number[]) => number): number =>
    rows.reduce((total, row) => total + of(row) / rows.length, 0);
  const means = Array.from({ length: size }, (_, i) => mean((row) => row[i] ?? NaN));
  const deviations = means.map((middle, i) => {
    const deviation = Math.sqrt(mean((row) => ((row[i] ?? NaN) - middle) ** 2));
    return deviation > 1e-12 * Math.abs(middle) && deviation > 0 ? deviation : 1;
  });
  return { means, deviations };
}
