import { unreachable } from '@sentence-mtl/core';
import type { RampShape } from './schedule-config.ts';

/** The height of a ramp from 0 to 1 at `progress` from 0 to 1. */
export function ramp(shape: RampShape, progress: number): number {
  switch (shape) {
    case 'linear':
      return progress;
    case 'cosine':
      return 0.5 * (1 - Math.cos(Math.PI * progress));
    case 'oneMinusSquareRoot':
      return 1 - Math.sqrt(1 - progress);
    default:
      return unreachable(shape);
  }
}
