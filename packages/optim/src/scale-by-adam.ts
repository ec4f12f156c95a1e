import { checkOption } from './check-option.ts';
import type { GradientTransformation } from './gradient-transformation.ts';

export interface AdamOptions {
  /** Decay of the first moment a step: 0.9 unless given. */
  readonly beta1?: number;
  /** Decay of the second moment a step: 0.999 unless given. */
  readonly beta2?: number;
  /** Added to the square root of the second moment: 1e-8 unless given. */
  readonly epsilon?: number;
}

/**
 * Turns gradients into Adam's directions: `m̂ / (√v̂ + ε)`, with moments `m = β₁ m + (1 - β₁) g` and
 * `v = β₂ v + (1 - β₂) g²`, and `m̂ = m / (1 - β₁ᵗ)`, `v̂ = v / (1 - β₂ᵗ)` at the t-th step of the parameter.
 * Kingma and Ba, "Adam: a method for stochastic optimization" (2015).
 *
 * @throws ArgumentError when a decay is not in [0, 1), or epsilon is negative or not finite
 */
export function scaleByAdam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}): GradientTransformation {
  checkOption("Adam's beta1", beta1, 1);
  checkOption("Adam's beta2", beta2, 1);
  checkOption("Adam's epsilon", epsilon, Infinity);
  const [firstMoment, secondMoment] = ['adam.firstMoment', 'adam.secondMoment'];
  return {
    init: () => [firstMoment, secondMoment],
    update: ({ count }) => {
      // √v̂ + ε = (√v + ε √(1 - β₂ᵗ)) / √(1 - β₂ᵗ): one correction for both moments saves the kernel a product.
      const rootOfRest = Math.sqrt(1 - beta2 ** count);
      const coefficients = {
        fresh1: 1 - beta1,
        keep2: beta2,
        fresh2: 1 - beta2,
        correction: rootOfRest / (1 - beta1 ** count),
        epsilon: epsilon * rootOfRest,
      };
      return [{ kind: 'adam', firstMoment, secondMoment, coefficients }];
    },
    readsGlobalNorm: false,
  };
}
