import { searchLine, type LinePoint } from './line-search.ts';
import { dot, type Objective } from './objective.ts';

export interface MinimizeOptions {
  /** Ends when no entry of the gradient is larger; 1e-4 unless given. */
  readonly tolerance?: number;
  /** The most steps; 100 unless given. */
  readonly iterations?: number;
  /** Steps that the curvature is estimated from; 10 unless given. */
  readonly memory?: number;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether the gradient is within the tolerance: otherwise steps ran out, or no step leads lower in these numbers. */
  readonly converged: boolean;
}

/** A step and how the gradient changed by it. */
interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change) */
  readonly scale: number;
}

/** `into += factor · of` */
function addScaled(into: Float64Array, factor: number, of: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? 0) + factor * (of[i] ?? 0);
}

/** Minus the inverse of the estimated curvature times the gradient, by the two-loop recursion. */
function direction(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const result = gradient.map((value) => -value);
  const shares = new Map<Correction, number>();
  for (const correction of corrections.toReversed()) {
    const share = correction.scale * dot(correction.step, result);
    shares.set(correction, share);
    addScaled(result, -share, correction.change);
  }
  const last = corrections.at(-1);
  const scale = last === undefined ? 1 : 1 / (last.scale * dot(last.change, last.change));
  for (let i = 0; i < result.length; i++) result[i] = (result[i] ?? 0) * scale;
  for (const correction of corrections) {
    const share = correction.scale * dot(correction.change, result);
    addScaled(result, (shares.get(correction) ?? 0) - share, correction.step);
  }
  return result;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] ?? 0));
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

function correctionOf(from: LinePoint, to: LinePoint): Correction | undefined {
  const [step, change] = [difference(to.point, from.point), difference(to.gradient, from.gradient)];
  const product = dot(step, change);
  return product > 0 ? { step, change, scale: 1 / product } : undefined;
}

/**
 * The lowest point near a start of a smooth function, by limited-memory BFGS with a line search for the strong Wolfe
 * conditions. Nocedal and Wright, "Numerical optimization" (2006), algorithms 7.4, 7.5 and 3.5.
 */
export function minimize(objective: Objective, start: Float64Array, options: MinimizeOptions = {}): Minimum {
  const { tolerance = 1e-4, iterations: most = 100, memory = 10 } = options;
  const gradient = new Float64Array(start.length);
  let at: LinePoint = { point: start.slice(), gradient, value: objective(start, gradient) };
  let corrections: readonly Correction[] = [];
  let iterations = 0;
  let stuck = false;
  while (!stuck && iterations < most && largest(at.gradient) > tolerance) {
    const along = direction(at.gradient, corrections);
    const first = corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(along, along))) : 1;
    const next = searchLine(objective, at, along, first);
    if (next === undefined) {
      // What was learned of the curvature may be wrong: once more downhill, and then it is as low as numbers show.
      stuck = corrections.length === 0;
      corrections = [];
      continue;
    }
    const correction = correctionOf(at, next);
    if (correction !== undefined) corrections = [...corrections, correction].slice(-memory);
    at = next;
    iterations++;
  }
  return { point: at.point, value: at.value, iterations, converged: largest(at.gradient) <= tolerance };
}
