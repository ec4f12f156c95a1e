import { ArgumentError } from '@sentence-mtl/core';
import type { AdamCoefficients } from './kernels/kernels.ts';

/**
 * One operation on the update of a parameter, element by element. An update begins as the gradient, goes through the
 * operations of a chain, and is added to the parameter. Slots are named arrays of state, as long as the parameter.
 */
export type UpdateOperation =
  | { readonly kind: 'scale'; readonly factor: number }
  | { readonly kind: 'clip'; readonly maximum: number }
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

/** A pure description of what happens to gradients, as in optax. Optimizers are chains of these. */
export interface GradientTransformation {
  /**
   * The arrays of zeros that a parameter's state begins with. Undefined where the parameter is frozen: it has no
   * gradient and no state, and is never updated.
   */
  readonly init: (path: string) => readonly string[] | undefined;
  /** The operations that a step of the parameter is. */
  readonly update: (at: ParameterStep) => readonly UpdateOperation[];
  /** Whether `update` reads `globalNorm`, which costs a pass over the gradients. */
  readonly readsGlobalNorm: boolean;
  /** Where parameters are told apart by label: that of a parameter. */
  readonly label?: (path: string) => string;
}

/** A number, or a function of parameter and step: a schedule, a rate per layer, or both. */
export type Scheduled = number | ((at: ParameterStep) => number);

/** The value of a number or schedule at a step. @throws ArgumentError when it is negative or not finite */
export function valueAt(scheduled: Scheduled, at: ParameterStep, name: string): number {
  const value = typeof scheduled === 'number' ? scheduled : scheduled(at);
  if (value >= 0 && value < Infinity) return value;
  throw new ArgumentError(
    `the ${name} of ${at.path} at step ${at.step} is ${value}; it must be a finite number, 0 or more`,
  );
}
