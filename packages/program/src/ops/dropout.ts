import { apply } from '../apply.ts';
import { canonicalDimension } from '../dimension.ts';
import { formatShape, shapesEqual, type Shape } from '../shape.ts';
import { shapeError } from '../shape-error.ts';
import type { TypeRule, Value } from '../value.ts';
import { mul, where } from './elementwise.ts';
import { only, requireDType, scalar } from './operand.ts';

export const dropoutMaskRule: TypeRule<'dropoutMask'> = (inputs, { shape, rate, site }) => {
  const key = only(inputs);
  requireDType(key, 'int32', 'key');
  if (!shapesEqual(key.shape, [2]))
    throw shapeError(`the key is ${formatShape(key.shape)}, not (2): dropoutKey(seed, step) makes it`);
  if (shape.length === 0) throw shapeError('a mask needs at least one axis');
  if (!(rate >= 0 && rate < 1)) throw shapeError(`the rate is ${rate}; it lies in [0, 1)`);
  if (!Number.isInteger(site) || site < 0) throw shapeError(`the site is ${site}; it is a whole number from 0`);
  return [{ dtype: 'bool', shape }];
};

/**
 * True with probability 1 − rate: a pure function of (key, site, position), so that the backward pass sees the
 * forward's mask and a resumed step its first one's. `keepMask` is the specification in plain TypeScript.
 */
export const dropoutMask = (key: Value, shape: Shape, rate: number, site: number): Value<'bool'> =>
  apply('dropoutMask', dropoutMaskRule, [key], { shape: shape.map(canonicalDimension), rate, site });

/**
 * Inverted dropout (Srivastava et al. 2014): zeros with probability `rate`, the others divided by 1 − rate.
 *
 * @param key int32 (2), fed as `dropoutKey(seed, step)`
 * @param site tells apart the places of a model that drop
 */
export function dropout(x: Value, rate: number, key: Value, site: number): Value<'float32'> {
  const kept = dropoutMask(key, x.shape, rate, site);
  const factor = where(kept, scalar(1 / (1 - rate), 'float32'), scalar(0, 'float32'));
  return mul(x, factor) as Value<'float32'>;
}
