import { ArgumentError } from '@sentence-mtl/core';
import type { GradientTransformation } from './gradient-transformation.ts';

/** Keeps a norm just under the limit finite to divide by; the value is torch's. */
const MARGIN = 1e-6;

/**
 * Scales all gradients by `min(1, maximum / (norm + 1e-6))`, where `norm` is the Euclidean norm of all of them
 * together, as `torch.nn.utils.clip_grad_norm_` does. A norm that is not a number makes every update so, unless the
 * step is told to skip it.
 *
 * @throws ArgumentError when the maximum is not a positive number
 */
export function clipByGlobalNorm(maximum: number): GradientTransformation {
  if (!(maximum > 0)) throw new ArgumentError(`gradients cannot be clipped to a norm of ${maximum}; give one above 0`);
  return {
    init: () => [],
    update: ({ globalNorm }) => [{ kind: 'scale', factor: Math.min(1, maximum / (globalNorm + MARGIN)) }],
    readsGlobalNorm: true,
  };
}
