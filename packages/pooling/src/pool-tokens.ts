import { ShapeError } from '@sentence-mtl/core';
import {
  add,
  argMax,
  cast,
  concat,
  dimensionAt,
  div,
  expandDims,
  formatShape,
  greater,
  greaterEqual,
  max,
  maximum,
  mul,
  range,
  scalar,
  sqrt,
  sub,
  sum,
  where,
  type Value,
} from '@sentence-mtl/program';
import type { PoolingMode } from './pooling-mode.ts';
import { firstToken, lastToken } from './token-position.ts';
import { weightedSum } from './weighted-sum.ts';

/** Keeps the mean of a wholly masked row at 0, as sentence-transformers does. */
const LEAST_COUNT = 1e-9;

/** Token embeddings (B, T, D), the mask of pooled tokens (B, T) and the position of each row's first token (B). */
interface Pooled {
  readonly tokens: Value;
  readonly mask: Value;
  readonly start: Value;
}

type Pooling = (pooled: Pooled) => Value<'float32'>;

const perRow = (counts: Value): Value => maximum(expandDims(counts, 1), LEAST_COUNT);

/** Σ wₜ · tokensₜ / Σ wₜ with w = 1, 2, 3, … from the first token on: later tokens count more (Muennighoff 2022). */
const weightedMean: Pooling = ({ tokens, mask, start }) => {
  const position = sub(add(range(dimensionAt(mask.shape, 1)), 1), expandDims(start, 1));
  const weights = mul(mask, cast(position, 'float32'));
  return div(weightedSum(tokens, weights), perRow(sum(weights, 1)));
};

const maxOverTokens: Pooling = ({ tokens, mask }) =>
  max(where(greater(expandDims(mask, -1), 0), tokens, scalar(Number.NEGATIVE_INFINITY, 'float32')), 1);

const poolings: Readonly<Record<PoolingMode, Pooling>> = {
  cls: ({ tokens, mask }) => weightedSum(tokens, firstToken(mask)),
  max: maxOverTokens,
  mean: ({ tokens, mask }) => div(weightedSum(tokens, mask), perRow(sum(mask, 1))),
  mean_sqrt_len_tokens: ({ tokens, mask }) => div(weightedSum(tokens, mask), sqrt(perRow(sum(mask, 1)))),
  weightedmean: weightedMean,
  lasttoken: ({ tokens, mask }) => weightedSum(tokens, lastToken(mask)),
};

function checkOperands(tokens: Value, attentionMask: Value): void {
  const [batch, sequence] = tokens.shape;
  const fits = tokens.shape.length === 3 && attentionMask.shape.length === 2;
  if (fits && attentionMask.shape[0] === batch && attentionMask.shape[1] === sequence) return;
  throw new ShapeError(
    `pooling: token embeddings ${formatShape(tokens.shape)} with a mask ${formatShape(attentionMask.shape)}; (B, T, D) and (B, T) are needed`,
  );
}

/** The mask without each row's first `promptLength` tokens. */
function withoutPrompt(mask: Value, start: Value, promptLength: Value): Value<'float32'> {
  const isText = greaterEqual(range(dimensionAt(mask.shape, 1)), expandDims(add(start, promptLength), 1));
  return mul(mask, cast(isText, 'float32')) as Value<'float32'>;
}

export interface PoolingOptions {
  /** int32 (): so many tokens at the start of each row, a prompt's, are left out. */
  readonly promptLength?: Value;
}

/**
 * One vector a text from its token embeddings: (B, T, D) and the int32 attention mask (B, T) give (B, D), or
 * (B, n·D) for n modes, concatenated in the order given. Padding may be on either side. Masked tokens have no
 * influence; a wholly masked row gives 0 (cls: its first token, max: −Infinity), as sentence-transformers does.
 *
 * @throws ShapeError when the operands do not fit each other or no mode is given
 */
export function poolTokens(
  tokens: Value,
  attentionMask: Value,
  modes: readonly PoolingMode[],
  { promptLength }: PoolingOptions = {},
): Value<'float32'> {
  checkOperands(tokens, attentionMask);
  const original = cast(attentionMask, 'float32');
  const start = argMax(original, 1);
  const mask = promptLength === undefined ? original : withoutPrompt(original, start, promptLength);
  const pooled = modes.map((mode) => poolings[mode]({ tokens, mask, start }));
  const [first] = pooled;
  if (first === undefined) throw new ShapeError('pooling: no mode is given; mean is the usual one');
  return pooled.length === 1 ? first : concat(pooled, 1);
}
