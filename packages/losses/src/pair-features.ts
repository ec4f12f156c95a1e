import { abs, concat, mul, sub, type Value } from '@sentence-mtl/program';

export interface PairFeatures {
  /** u and v themselves; true by default. */
  readonly embeddings?: boolean;
  /** u · v, element by element; false by default. */
  readonly product?: boolean;
}

/**
 * What a pair's class is told from: u, v, |u − v| and, if asked for, u · v side by side (Reimers and Gurevych 2019).
 * sentence-transformers' `SoftmaxLoss` is the cross entropy of a linear layer on them.
 *
 * @param u (B, D), as is v
 * @returns (B, n·D)
 */
export function pairFeatures(u: Value, v: Value, { embeddings = true, product = false }: PairFeatures = {}): Value {
  return concat([...(embeddings ? [u, v] : []), abs(sub(u, v)), ...(product ? [mul(u, v)] : [])], 1);
}
