import type { DType, HostTensor } from '@sentence-mtl/core';
import { apply } from '../apply.ts';
import { canonicalDimension, type Dimension } from '../dimension.ts';
import type { Shape } from '../shape.ts';
import type { TypeRule, Value } from '../value.ts';

export const inputRule: TypeRule<'input'> = (_inputs, { dtype, shape }) => [{ dtype, shape }];

/** A value that is fed at each run. `defineProgram` makes these from its declared inputs. */
export function input<D extends DType>(name: string, dtype: D, shape: Shape): Value<D> {
  return apply<'input', D>('input', inputRule, [], { name, dtype, shape: shape.map(canonicalDimension) });
}

export const constantRule: TypeRule<'constant'> = (_inputs, { tensor }) => [
  { dtype: tensor.dtype, shape: tensor.shape },
];

/** A tensor that is part of the program; a weight keeps its name in exported graphs. */
export function constant<D extends DType>(tensor: HostTensor & { readonly dtype: D }, name?: string): Value<D> {
  const attributes = name === undefined ? { tensor } : { tensor, name };
  return apply<'constant', D>('constant', constantRule, [], attributes);
}

export const dimensionSizeRule: TypeRule<'dimensionSize'> = () => [{ dtype: 'float32', shape: [] }];

/** The size a dimension has in the run, as a float32 scalar (). */
export function dimensionSize(dimension: Dimension): Value<'float32'> {
  return apply<'dimensionSize', 'float32'>('dimensionSize', dimensionSizeRule, [], {
    dimension: canonicalDimension(dimension),
  });
}

export const rangeRule: TypeRule<'range'> = (_inputs, { end }) => [{ dtype: 'int32', shape: [end] }];

/** The integers 0, 1, …, end − 1 as int32 (end). */
export function range(end: Dimension): Value<'int32'> {
  return apply<'range', 'int32'>('range', rangeRule, [], { end: canonicalDimension(end) });
}
