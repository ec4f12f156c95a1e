import { cast, div, lessEqual, maximum, softmaxCrossEntropy, sum, type Value } from '@sentence-mtl/program';

/**
 * Cross entropy as the mean over the rows that have a label; a label under 0 is missing. With none in the batch the
 * loss and its gradient are exactly 0.
 */
export function taskLoss(logits: Value, labels: Value): Value<'float32'> {
  const labelled = sum(cast(lessEqual(0, labels), 'float32'));
  return div(sum(softmaxCrossEntropy(logits, labels)), maximum(labelled, 1));
}
