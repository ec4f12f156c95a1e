// How a label is missing: a class is −100 (or any other number that is no class, as in PyTorch), a number is NaN. Both are
// replaced before anything is computed with them, so that nothing of them reaches a loss or a gradient.
import {
  cast,
  dimensionSize,
  equal,
  less,
  lessEqual,
  logicalAnd,
  min,
  where,
  type Dimension,
  type Value,
} from '@sentence-mtl/program';

/** The class of a row without a label. */
export const MISSING_CLASS = -100;

export interface KnownLabels<D extends 'int32' | 'float32'> {
  /** Whether there is a label: bool of the labels' shape. */
  readonly present: Value<'bool'>;
  /** The labels, 0 where there is none. */
  readonly labels: Value<D>;
}

/** Labels that are numbers, NaN where they are missing. */
export function knownNumbers(labels: Value): KnownLabels<'float32'> {
  const present = equal(labels, labels);
  return { present, labels: where<'float32'>(present, labels as Value<'float32'>, 0) };
}

/** Labels that are classes, missing where they are outside 0 … classes − 1. */
export function knownClasses(labels: Value, classes: Dimension): KnownLabels<'int32'> {
  const count = typeof classes === 'number' ? classes : cast(dimensionSize(classes), 'int32');
  const present = logicalAnd(lessEqual(0, labels), less(labels, count));
  return { present, labels: where<'int32'>(present, labels as Value<'int32'>, 0) };
}

/** Rows of numbers (B, L), such as a teacher's scores: a row is missing as a whole, present is (B). */
export function knownRows(labels: Value): KnownLabels<'float32'> {
  const { present: entries, labels: known } = knownNumbers(labels);
  return { present: equal(min(cast(entries, 'float32'), -1), 1), labels: known };
}
