import type { GradientTransformation } from './gradient-transformation.ts';

export interface TraceOptions {
  /** The share of the trace that stays a step. */
  readonly momentum: number;
  /** The share of the gradient that is left out, except at a parameter's first step: 0 unless given. */
  readonly dampening?: number;
  /** Looks one step ahead: false unless given. */
  readonly nesterov?: boolean;
}

/** Momentum as torch's SGD has it: `trace = momentum · trace + (1 - dampening) · g`; the first step keeps g whole. */
export function trace({ momentum, dampening = 0, nesterov = false }: TraceOptions): GradientTransformation {
  const slot = 'trace';
  return {
    init: () => [slot],
    update: ({ count }) => [{ kind: 'trace', slot, momentum, fresh: count === 1 ? 1 : 1 - dampening, nesterov }],
    readsGlobalNorm: false,
  };
}
