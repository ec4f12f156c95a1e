/** The floats a kernel's loop takes at once: lengths of arrays in an arena are multiples of it. */
export const STRIDE = 32;

/** What one step of Adam needs besides its arrays; `fresh` and `keep` are the shares of the new and the old moment. */
export interface AdamCoefficients {
  readonly fresh1: number;
  readonly keep2: number;
  readonly fresh2: number;
  /** √(1 - β₂ᵗ) / (1 - β₁ᵗ), for the bias of both moments at the t-th step. */
  readonly correction: number;
  /** ε √(1 - β₂ᵗ): since the second moment is not corrected, what is added to its root is. */
  readonly epsilon: number;
}

/**
 * Loops over arrays in one memory. Arrays are given by their addresses in bytes and a length in floats that is a
 * multiple of `STRIDE`. Every operation is in float32, in the order written, so that all implementations give the same
 * bits; coefficients are rounded to float32 first.
 */
export interface Kernels {
  /** `into = from · factor` */
  scale(into: number, from: number, length: number, factor: number): void;
  /** `into = into + from · factor` */
  addScaled(into: number, from: number, length: number, factor: number): void;
  /** `into = max(min(into, maximum), -maximum)`; what is not a number stays so. */
  clip(into: number, length: number, maximum: number): void;
  /** `trace = trace · momentum + update · fresh`, then `update = nesterov ? update + trace · momentum : trace` */
  trace(update: number, trace: number, length: number, momentum: number, fresh: number, nesterov: boolean): void;
  /**
   * `m = m + (update - m) · fresh1`, `v = v · keep2 + (update · update) · fresh2`,
   * `update = (m · correction) / (√v + epsilon)`
   */
  adam(update: number, first: number, second: number, length: number, coefficients: AdamCoefficients): void;
  /**
   * `scale` of the gradient, `clip` to `maximum`, which may be infinite, `adam`, `addScaled` of the parameter by `decay`,
   * `addScaled` to the parameter by `rate`.
   */
  adamw(
    parameter: number,
    gradient: number,
    first: number,
    second: number,
    length: number,
    factor: number,
    maximum: number,
    coefficients: AdamCoefficients,
    decay: number,
    rate: number,
  ): void;
  /** The sum of squares in float64; element i joins partial sum i mod 8. */
  sumOfSquares(values: number, length: number): number;
  /** Adds `count` rows of `width` floats to the table's rows of the int32 ids at `ids`, in order. */
  addRows(table: number, ids: number, rows: number, count: number, width: number): void;
}
