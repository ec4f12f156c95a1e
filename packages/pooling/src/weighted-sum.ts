import { expandDims, matMul, squeeze, type Value } from '@sentence-mtl/program';

/** Σₜ weights[b, t] · tokens[b, t, :] as one product: (B, T) and (B, T, D) → (B, D). */
export function weightedSum(tokens: Value, weights: Value): Value<'float32'> {
  return squeeze(matMul(expandDims(weights, 1), tokens), 1);
}
