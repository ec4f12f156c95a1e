import { dropout, type Value } from '@sentence-mtl/program';

/** Drops elements of a value; each call is a site of its own, in the order of the calls. */
export type Drop = (x: Value) => Value;

/** The identity where there is no key or no rate, as in evaluation. */
export function randomDrops(key: Value | undefined, rate: number): Drop {
  let site = 0;
  if (key === undefined || rate === 0) return (x) => x;
  return (x) => dropout(x, rate, key, site++);
}
