import { ShapeError } from './errors.ts';
import type { HostTensor } from './host-tensor.ts';

/** A batch of tokenised texts, as encoders take it. Rows are padded to the longest. */
export interface TokenBatch {
  /** (B, T): positions in the vocabulary. */
  readonly inputIds: HostTensor<'int32'>;
  /** (B, T): 1 for a token, 0 for padding. */
  readonly attentionMask: HostTensor<'int32'>;
  /** (B, T): 0 for the first text of a pair, 1 for the second; absent where the encoder has no segments. */
  readonly tokenTypeIds?: HostTensor<'int32'>;
}

/** The sizes B and T of a batch. @throws ShapeError when its tensors are not all (B, T) */
export function tokenBatchSize(batch: TokenBatch): { readonly batch: number; readonly sequence: number } {
  const [rows, length, ...rest] = batch.inputIds.shape;
  if (rows === undefined || length === undefined || rest.length > 0) {
    throw new ShapeError(`inputIds is (${batch.inputIds.shape.join(', ')}); a token batch is (batch, sequence)`);
  }
  for (const [name, tensor] of Object.entries(batch)) {
    if (tensor.shape.length === 2 && tensor.shape[0] === rows && tensor.shape[1] === length) continue;
    throw new ShapeError(`${name} is (${tensor.shape.join(', ')}), but inputIds is (${rows}, ${length})`);
  }
  return { batch: rows, sequence: length };
}
