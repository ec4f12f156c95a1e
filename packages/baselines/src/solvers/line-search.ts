import { dot, type Objective } from './objective.ts';

/** A point of an objective with what is known there. */
export interface LinePoint {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Trial extends LinePoint {
  readonly length: number;
  /** The derivative along the line. */
  readonly slope: number;
}

/** A step is long enough when it takes this share of the slope away, and lowers the value by this share of what it promises. */
const CURVATURE = 0.9;
const DECREASE = 1e-4;

/**
 * Values nearer than this share of them are not told apart: products are in float32, and slopes, which are exact to the
 * same share of themselves, then decide alone (the approximate Wolfe conditions of Hager and Zhang, 2005).
 */
const NOISE = 1e-6;

/** The most points that are looked at. */
const TRIALS = 30;

/** Where the cubic through two points with their slopes is lowest, kept off both ends; the middle if it is nowhere. */
function between(a: Trial, b: Trial): number {
  const d1 = a.slope + b.slope - (3 * (a.value - b.value)) / (a.length - b.length);
  const root = d1 * d1 - a.slope * b.slope;
  const d2 = Math.sign(b.length - a.length) * Math.sqrt(root);
  const cubic = b.length - ((b.length - a.length) * (b.slope + d2 - d1)) / (b.slope - a.slope + 2 * d2);
  const [low, high] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  const margin = 0.1 * (high - low);
  return cubic >= low + margin && cubic <= high - margin ? cubic : (low + high) / 2;
}

/**
 * A point along a direction, near `first` times it, that meets the strong Wolfe conditions; undefined where rounding hides
 * any that is lower.
 */
export function searchLine(
  objective: Objective,
  from: LinePoint,
  direction: Float64Array,
  first: number,
): LinePoint | undefined {
  const start: Trial = { ...from, length: 0, slope: dot(from.gradient, direction) };
  if (!(start.slope < 0)) return undefined;
  const tryAt = (length: number): Trial => {
    const point = from.point.map((value, i) => value + length * (direction[i] ?? 0));
    const gradient = new Float64Array(point.length);
    const value = objective(point, gradient);
    return { point, gradient, value, length, slope: dot(gradient, direction) };
  };
  const noise = NOISE * Math.abs(start.value);
  const isHigh = (trial: Trial): boolean =>
    !(trial.value <= start.value + noise + DECREASE * trial.length * start.slope) || trial.value >= low.value + noise;
  // `low` is the best so far; a point that is wanted lies between it and `other`, once there is one.
  let low = start;
  let other: Trial | undefined;
  let length = first;
  for (let trials = 0; trials < TRIALS; trials++) {
    const trial = tryAt(length);
    if (isHigh(trial)) other = trial;
    else {
      if (Math.abs(trial.slope) <= -CURVATURE * start.slope) return trial;
      const turned = other === undefined ? trial.slope >= 0 : trial.slope * (other.length - low.length) >= 0;
      if (turned) other = low;
      low = trial;
    }
    length = other === undefined ? 2 * length : between(low, other);
    if (length === low.length || length === other?.length) break;
  }
  return low === start ? undefined : low;
}
