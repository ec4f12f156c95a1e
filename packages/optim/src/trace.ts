import { ArgumentError } from '@sentence-mtl/core';
import { checkOption } from './check-option.ts';
import type { GradientTransformation } from './gradient-transformation.ts';

export interface TraceOptions {
  /** The share of the trace that stays a step, in [0, 1). */
  readonly momentum: number;
  /** The share of the gradient that is left out, except at a parameter's first step, in [0, 1): 0 unless given. */
  readonly dampening?: number;
  /** Looks one step ahead: false unless given. */
  readonly nesterov?: boolean;
}

/**
 * Momentum as torch's SGD has it: `trace = momentum · trace + (1 - dampening) · g`; the first step keeps g whole.
 *
 * @throws ArgumentError when a share is not in [0, 1), or `nesterov` stands beside a dampening or no momentum
 */
export function trace({ momentum, dampening = 0, nesterov = false }: TraceOptions): GradientTransformation {
  checkOption('the momentum of SGD', momentum, 1);
  checkOption('the dampening of SGD', dampening, 1);
  if (nesterov && (momentum === 0 || dampening > 0)) {
    throw new ArgumentError(
      `Nesterov's momentum is for a momentum above 0 and no dampening, not ${momentum} and ${dampening}`,
    );
  }
  const slot = 'trace';
  return {
    init: () => [slot],
    update: ({ count }) => [{ kind: 'trace', slot, momentum, fresh: count === 1 ? 1 : 1 - dampening, nesterov }],
    readsGlobalNorm: false,
  };
}
