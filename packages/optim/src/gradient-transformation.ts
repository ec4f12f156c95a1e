import type { AdamCoefficients } from './kernels/kernels.ts';

/**
 * One operation on the update of a parameter, element by element. An update begins as the gradient, goes through the
 * operations of a chain, and is added to the parameter. Slots are named arrays of state, as long as the parameter.
 */
export type UpdateOperation =
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'addParameter'; readonly factor: number }
  | {
      readonly kind: 'trace';
      readonly slot: string;
      readonly momentum: number;
      /** The share of the update that joins the trace. */
      readonly fresh: number;
      readonly nesterov: boolean;
    }
  | {
      readonly kind: 'adam';
      readonly firstMoment: string;
      readonly secondMoment: string;
      readonly coefficients: AdamCoefficients;
    };

/** Which parameter is being updated, and when. */
export interface ParameterStep {
  readonly path: string;
  /** Steps taken before this one, by the whole optimizer: what schedules go by. */
  readonly step: number;
  /** Steps of this parameter, with this one: 1 when it has just been thawed. What bias corrections go by. */
  readonly count: number;
  /** The Euclidean norm of all gradients of this step; NaN when no transformation reads it. */
  readonly globalNorm: number;
}

/**
 * A pure description of what happens to gradients, as in optax: `init` says which arrays of zeros a parameter's state
 * begins with, `update` which operations a step is. Optimizers are chains of these.
 */
export interface GradientTransformation {
  readonly init: (path: string) => readonly string[];
  readonly update: (at: ParameterStep) => readonly UpdateOperation[];
  /** Whether `update` reads `globalNorm`, which costs a pass over the gradients. */
  readonly readsGlobalNorm: boolean;
}

/** A number, or a function of parameter and step: a schedule, a rate per layer, or both. */
export type Scheduled = number | ((at: ParameterStep) => number);

/** The value of a number or schedule at a step. */
export function valueAt(scheduled: Scheduled, at: ParameterStep): number {
  return typeof scheduled === 'number' ? scheduled : scheduled(at);
}
