import type { EmbeddingPrecision, Embeddings } from './embeddings.ts';
import { checkTruncation, precisionOf, type SentenceOptions } from './encode-options.ts';
import { normalizeRowsInPlace } from './normalize-rows.ts';
import { quantizeEmbeddings } from './quantize-embeddings.ts';

function truncated({ shape: [rows, columns], data }: Embeddings<'float32'>, kept: number): Embeddings<'float32'> {
  if (kept === columns) return { precision: 'float32', shape: [rows, columns], data };
  const into = new Float32Array(rows * kept);
  for (let row = 0; row < rows; row++) into.set(data.subarray(row * columns, row * columns + kept), row * kept);
  return { precision: 'float32', shape: [rows, kept], data: into };
}

/**
 * What follows the encoder, in sentence-transformers' order: the model's own normalisation, truncation, normalisation
 * asked for, quantisation. The data of `raw` is used up.
 *
 * @param raw what the pooling and the dense layers give
 * @throws ArgumentError for options that do not fit
 */
export function finishEmbeddings<P extends EmbeddingPrecision>(
  raw: Embeddings<'float32'>,
  normalizes: boolean,
  options: SentenceOptions<P>,
): Embeddings<P> {
  const { normalize = normalizes, truncateDimension = raw.shape[1], ranges } = options;
  checkTruncation(truncateDimension, raw.shape[1]);
  if (normalizes && normalize) normalizeRowsInPlace(raw.data, raw.shape[1]);
  const kept = truncated(raw, truncateDimension);
  const again = options.normalize === true && (!normalizes || truncateDimension < raw.shape[1]);
  if (again) normalizeRowsInPlace(kept.data, kept.shape[1]);
  return quantizeEmbeddings(kept, precisionOf(options.precision) as P, ranges);
}
