// Elementary functions that JavaScript lacks, to the last digits of float64.

const ENOUGH_TERMS = 200;

/** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have one sign: nothing cancels (DLMF 7.6.2). */
function erfSeries(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; n < ENOUGH_TERMS; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}

/** erfc x = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + (3/2)/(x + …)))) for x well above 0 (DLMF 7.9.1). */
function erfcFraction(x: number): number {
  let tail = x;
  for (let n = ENOUGH_TERMS; n >= 1; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
}

/** 1 − erf x, exact where it is tiny. */
export function erfc(x: number): number {
  if (x > 2) return erfcFraction(x);
  if (x < -2) return 2 - erfcFraction(-x);
  return 1 - erfSeries(x);
}

/** The error function. */
export function erf(x: number): number {
  return Math.abs(x) > 2 ? 1 - erfc(x) : erfSeries(x);
}

/** 1 / (1 + e⁻ˣ), exact where it is tiny. */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** log(1 + eˣ). */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** x · P(Z ≤ x) for a standard normal Z. */
export function gelu(x: number): number {
  return (x / 2) * erfc(-x / Math.SQRT2);
}

/** The approximation of Hendrycks and Gimpel 2016. */
export function geluTanh(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

/** log Σ eˣ around the largest element. */
export function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(values.reduce((total, x) => total + Math.exp(x - largest), 0));
}
