import { add, linear, matMul, reshape, softmax, transpose, type Dimension, type Value } from '@sentence-mtl/program';
import type { EncoderConfig } from './encoder-config.ts';
import type { ParametersAt } from './encoder-inputs.ts';

/** What attention needs to know beside its operand. */
export interface AttentionContext {
  readonly batch: Dimension;
  readonly sequence: Dimension;
  /** Added to the scores: 0 where a token may be looked at, far below 0 where not; broadcasts to (B, H, T, T). */
  readonly bias: Value;
  readonly dropShares: (shares: Value<'float32'>) => Value<'float32'>;
}

/** Multi-head self-attention `softmax(q·kᵀ/√d + bias)·v` with its output product: (B·T, D) → (B·T, D). */
export function selfAttention(
  x: Value,
  at: ParametersAt,
  { hiddenSize, headCount }: EncoderConfig,
  { batch, sequence, bias, dropShares }: AttentionContext,
): Value<'float32'> {
  const headSize = hiddenSize / headCount;
  const project = (name: string): Value => {
    const rows = linear(x, at(`${name}.weight`), at(`${name}.bias`));
    return transpose(reshape(rows, [batch, sequence, headCount, headSize]), [0, 2, 1, 3]); // (B, H, T, d)
  };
  const scores = matMul(project('query'), project('key'), { transposeB: true, scale: 1 / Math.sqrt(headSize) });
  const shares = dropShares(softmax(add(scores, bias))); // (B, H, T, T)
  const attended = transpose(matMul(shares, project('value')), [0, 2, 1, 3]); // (B, T, H, d)
  return linear(reshape(attended, [-1, hiddenSize]), at('output.weight'), at('output.bias'));
}
