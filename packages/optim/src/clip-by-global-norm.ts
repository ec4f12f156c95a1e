import type { GradientTransformation } from './gradient-transformation.ts';

/** Keeps a norm just under the limit finite to divide by; the value is torch's. */
const MARGIN = 1e-6;

/**
 * Scales all gradients by `min(1, maximum / (norm + 1e-6))`, where `norm` is the Euclidean norm of all of them
 * together, as `torch.nn.utils.clip_grad_norm_` does. A norm that is not a number makes every update so.
 */
export function clipByGlobalNorm(maximum: number): GradientTransformation {
  return {
    init: () => [],
    update: ({ globalNorm }) => [{ kind: 'scale', factor: Math.min(1, maximum / (globalNorm + MARGIN)) }],
    readsGlobalNorm: true,
  };
}
