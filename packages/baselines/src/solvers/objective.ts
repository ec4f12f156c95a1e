/** The value at a point; writes the gradient there into the second array. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** The scalar product of two vectors. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
