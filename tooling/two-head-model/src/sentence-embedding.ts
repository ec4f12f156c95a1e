import {
  cast,
  dimensionAt,
  div,
  expandDims,
  maximum,
  mul,
  reshape,
  sqrt,
  square,
  sum,
  type Value,
} from '@sentence-mtl/program';

/** Smallest count that is divided by: a row that is all padding has the mean 0. */
const LEAST_COUNT = 1e-9;
/** The square of PyTorch's smallest norm, 1e-12. */
const LEAST_SQUARED_NORM = 1e-24;

/** The mean over the tokens that are no padding: (B·T, D) → (B, D). */
function maskedMean(hiddenStates: Value, attentionMask: Value): Value {
  const mask = expandDims(cast(attentionMask, 'float32'), -1); // (B, T, 1)
  const byText = reshape(hiddenStates, [...attentionMask.shape, dimensionAt(hiddenStates.shape, -1)]);
  return div(sum(mul(byText, mask), 1), maximum(sum(mask, 1), LEAST_COUNT));
}

/** x / max(‖x‖, 1e-12) over the last axis. */
function normalize(x: Value): Value {
  return div(x, sqrt(maximum(sum(square(x), -1, true), LEAST_SQUARED_NORM)));
}

/** The embedding of each text: masked mean of its hidden states, scaled to length 1. (B, D) */
export function sentenceEmbedding(hiddenStates: Value, attentionMask: Value): Value {
  return normalize(maskedMean(hiddenStates, attentionMask));
}
