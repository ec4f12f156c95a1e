import { ArgumentError } from '@sentence-mtl/core';
import type { GradientTransformation } from './gradient-transformation.ts';

/**
 * Clips each element to [-maximum, maximum], as `torch.nn.utils.clip_grad_value_` does. What is not a number stays so.
 * @throws ArgumentError when the maximum is not a positive number
 */
export function clipByValue(maximum: number): GradientTransformation {
  if (!(maximum > 0)) throw new ArgumentError(`gradients cannot be clipped at ${maximum}; give a number above 0`);
  return { init: () => [], update: () => [{ kind: 'clip', maximum }], readsGlobalNorm: false };
}
