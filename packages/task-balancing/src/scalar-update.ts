import { ArgumentError, unreachable } from '@sentence-mtl/core';

/** How a single number is learned: torch's SGD without momentum, or its Adam with .9, .999 and 1e-8. */
export interface ScalarOptimizer {
  readonly kind: 'sgd' | 'adam';
  readonly learningRate: number;
}

/** What Adam remembers of a number. */
export interface ScalarMoments {
  readonly steps: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
}

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** @throws ArgumentError when the rate is not a number above 0 */
export function checkScalarOptimizer({ learningRate }: ScalarOptimizer): void {
  if (learningRate > 0 && learningRate < Infinity) return;
  throw new ArgumentError(`the learning rate of the task weights is ${learningRate}; it must be finite and above 0`);
}

/** The number and its moments after a step down its gradient. */
export function updateScalar(
  value: number,
  gradient: number,
  moments: ScalarMoments,
  { kind, learningRate }: ScalarOptimizer,
): readonly [value: number, moments: ScalarMoments] {
  const steps = moments.steps + 1;
  switch (kind) {
    case 'sgd':
      return [value - learningRate * gradient, { ...moments, steps }];
    case 'adam': {
      const firstMoment = BETA1 * moments.firstMoment + (1 - BETA1) * gradient;
      const secondMoment = BETA2 * moments.secondMoment + (1 - BETA2) * gradient * gradient;
      const root = Math.sqrt(secondMoment / (1 - BETA2 ** steps));
      const direction = firstMoment / (1 - BETA1 ** steps) / (root + EPSILON);
      return [value - learningRate * direction, { steps, firstMoment, secondMoment }];
    }
    default:
      return unreachable(kind);
  }
}
