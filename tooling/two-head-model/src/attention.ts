import {
  add,
  dimensionAt,
  linear,
  matMul,
  reshape,
  softmax,
  transpose,
  type Dimension,
  type Value,
} from '@sentence-mtl/program';
import type { Drop } from './random-drops.ts';

/** Looks up a parameter by its path below a prefix. */
export type ParametersAt = (path: string) => Value;

/** What every layer's attention shares. */
export interface AttentionContext {
  readonly batch: Dimension;
  readonly sequence: Dimension;
  readonly heads: number;
  /** Added to the scores: 0 where a token may be looked at, a large negative number where not. (B, 1, 1, T) */
  readonly bias: Value;
  readonly drop: Drop;
}

/** Rows to heads: (B·T, D) → (B, H, T, D/H). */
function splitHeads(x: Value, { batch, sequence, heads }: AttentionContext): Value {
  const hidden = Number(dimensionAt(x.shape, -1));
  return transpose(reshape(x, [batch, sequence, heads, hidden / heads]), [0, 2, 1, 3]);
}

/** Heads to rows: (B, H, T, D/H) → (B·T, D). */
function joinHeads(x: Value, hidden: number): Value {
  return reshape(transpose(x, [0, 2, 1, 3]), [-1, hidden]);
}

/** Multi-head attention of the rows on themselves, `softmax(q·kᵀ/√d + bias)·v`, with its output product. (B·T, D) */
export function selfAttention(x: Value, at: ParametersAt, context: AttentionContext): Value {
  const hidden = Number(dimensionAt(x.shape, -1));
  const project = (name: string): Value => splitHeads(linear(x, at(`${name}.weight`), at(`${name}.bias`)), context);
  const scale = 1 / Math.sqrt(hidden / context.heads);
  const scores = matMul(project('query'), project('key'), { transposeB: true, scale }); // (B, H, T, T)
  const shares = context.drop(softmax(add(scores, context.bias)));
  const attended = joinHeads(matMul(shares, project('value')), hidden);
  return linear(attended, at('output.weight'), at('output.bias'));
}
