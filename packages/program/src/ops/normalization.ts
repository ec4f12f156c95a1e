import { apply } from '../apply.ts';
import type { NoAttributes } from '../operation.ts';
import { dimensionAt, formatShape, shapesEqual } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TypeRule, TensorType, Value } from '../value.ts';
import { floatRule } from './elementwise.ts';
import { requireDType } from './operand.ts';

const NONE: NoAttributes = {};

export const lastAxisRule = (inputs: readonly TensorType[]): readonly [TensorType] => {
  const [x] = floatRule(inputs);
  if (x.shape.length === 0) throw shapeError('a scalar has no last axis');
  return [x];
};

/** eˣ / Σ eˣ over the last axis. */
export const softmax = (x: Value): Value<'float32'> => apply('softmax', lastAxisRule, [x], NONE);

/** x − log Σ eˣ over the last axis. */
export const logSoftmax = (x: Value): Value<'float32'> => apply('logSoftmax', lastAxisRule, [x], NONE);

export const layerNormRule: TypeRule<'layerNorm'> = (inputs, { epsilon }) => {
  const [x, gamma, beta] = inputs;
  if (x === undefined || gamma === undefined || beta === undefined) throw shapeError('takes x, gamma and beta');
  const [type] = lastAxisRule([x]);
  const features = [dimensionAt(x.shape, -1)];
  for (const [name, parameter] of Object.entries({ gamma, beta })) {
    requireDType(parameter, 'float32', name);
    if (!shapesEqual(parameter.shape, features)) {
      throw shapeError(
        `${name} is ${formatShape(parameter.shape)}; for x ${formatShape(x.shape)} it is ${formatShape(features)}`,
      );
    }
  }
  if (!(epsilon > 0)) throw shapeError(`epsilon is ${epsilon}; it must be above 0`);
  const perRow: TensorType = { dtype: 'float32', shape: x.shape.with(-1, 1) };
  return [type, perRow, perRow];
};

/**
 * Layer normalisation of the last axis (Ba et al. 2016): `(x − mean) / sqrt(variance + epsilon) · gamma + beta`.
 * Residuals 1 and 2 are the mean and the inverse standard deviation of each row, of shape (…, 1).
 */
export const layerNorm = (x: Value, gamma: Value, beta: Value, epsilon: number): Value<'float32'> =>
  apply('layerNorm', layerNormRule, [x, gamma, beta], { epsilon });

export const softmaxCrossEntropyRule: TypeRule<'softmaxCrossEntropy'> = (inputs) => {
  const [logits, labels] = inputs;
  if (logits === undefined || labels === undefined) throw shapeError('takes logits and labels');
  const [type] = lastAxisRule([logits]);
  requireDType(labels, 'int32', 'labels operand');
  if (!shapesEqual(labels.shape, logits.shape.slice(0, -1))) {
    throw shapeError(
      `logits ${formatShape(logits.shape)} with labels ${formatShape(labels.shape)}; one label a row is needed`,
    );
  }
  return [{ dtype: 'float32', shape: labels.shape }, type];
};

/**
 * `−log softmax(logits)[label]` for each row: logits (…, L) and int32 labels (…) give (…). A label outside
 * 0 … L − 1 (such as −100) is missing: its row's loss and gradient are exactly 0. Residual 1 is log softmax.
 */
export const softmaxCrossEntropy = (logits: Value, labels: Value): Value<'float32'> =>
  apply('softmaxCrossEntropy', softmaxCrossEntropyRule, [logits, labels], NONE);
