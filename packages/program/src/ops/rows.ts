import type { DType } from '@sentence-mtl/core';
import { apply } from '../apply.ts';
import { canonicalDimension, type Dimension } from '../dimension.ts';
import type { NoAttributes } from '../operation.ts';
import { formatShape, shapesEqual } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TypeRule, Value } from '../value.ts';
import { requireDType } from './operand.ts';

const NONE: NoAttributes = {};

export const gatherRule: TypeRule<'gather'> = (inputs) => {
  const [table, indices] = inputs;
  if (table === undefined || indices === undefined) throw shapeError('takes a table and indices');
  requireDType(indices, 'int32', 'indices operand');
  if (table.shape.length === 0) throw shapeError('the table is a scalar; it needs rows');
  return [{ dtype: table.dtype, shape: [...indices.shape, ...table.shape.slice(1)] }];
};

/**
 * Rows of a table: (R, …) and int32 indices (i…) give (i…, …). Indices lie in 0 … R − 1; engines check those that
 * are fed. The gradient of the table adds up the rows, repeated indices included.
 */
export const gather = <D extends DType>(table: Value<D>, indices: Value): Value<D> =>
  apply('gather', gatherRule, [table, indices], NONE);

export const scatterAddRule: TypeRule<'scatterAdd'> = (inputs, { rows }) => {
  const [indices, updates] = inputs;
  if (indices === undefined || updates === undefined) throw shapeError('takes indices and updates');
  requireDType(indices, 'int32', 'indices operand');
  requireDType(updates, 'float32', 'updates operand');
  const rank = indices.shape.length;
  if (!shapesEqual(updates.shape.slice(0, rank), indices.shape)) {
    throw shapeError(
      `updates ${formatShape(updates.shape)} do not begin with the shape of the indices ${formatShape(indices.shape)}`,
    );
  }
  return [{ dtype: 'float32', shape: [rows, ...updates.shape.slice(rank)] }];
};

/** Zeros (rows, …) to which each update (i…, …) is added at its index: the adjoint of `gather`. */
export const scatterAdd = (indices: Value, updates: Value, rows: Dimension): Value<'float32'> =>
  apply('scatterAdd', scatterAddRule, [indices, updates], { rows: canonicalDimension(rows) });
