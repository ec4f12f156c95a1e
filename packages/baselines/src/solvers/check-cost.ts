import { ArgumentError } from '@sentence-mtl/core';

/** @throws ArgumentError unless the weight C of the losses is positive */
export function checkCost(cost: number): void {
  if (!(cost > 0 && cost < Infinity)) throw new ArgumentError(`a cost of ${cost}: it must be positive`);
}
