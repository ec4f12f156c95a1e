import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimize } from './minimize.ts';
import type { Objective } from './objective.ts';

/** A chain of curved valleys with its lowest point, 0, at (1, …, 1). */
const rosenbrock: Objective = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i] ?? NaN, x[i + 1] ?? NaN];
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
    gradient[i] = (gradient[i] ?? 0) - 400 * a * (b - a * a) - 2 * (1 - a);
    gradient[i + 1] = (gradient[i + 1] ?? 0) + 200 * (b - a * a);
  }
  return value;
};

/** `½ Σ cᵢ (xᵢ − i)²`, in float32 if told so: then values near the minimum cannot be told apart. */
function bowl(curvatures: readonly number[], round: (value: number) => number = (value) => value): Objective {
  return (x, gradient) => {
    curvatures.forEach((curvature, i) => (gradient[i] = round(curvature * ((x[i] ?? NaN) - i))));
    return round(1 + curvatures.reduce((sum, curvature, i) => sum + (curvature / 2) * ((x[i] ?? NaN) - i) ** 2, 0));
  };
}

describe('minimize', () => {
  it.each([2, 5, 20])('finds the end of a curved valley in %d dimensions', (dimensions) => {
    const start = Float64Array.from({ length: dimensions }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const { point, converged, value } = minimize(rosenbrock, start, { tolerance: 1e-8, iterations: 1000 });
    expect(converged).toBe(true);
    expect(value).toBeLessThan(1e-12);
    for (const coordinate of point) expect(coordinate).toBeCloseTo(1, 6);
  });

  it('finds the bottom of any bowl, also where rounding hides it from the values', () => {
    const curvatures = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        curvatures,
        fc.constantFrom(Math.fround, (value: number) => value),
        (given, round) => {
          const start = new Float64Array(given.length).fill(-3);
          const { point, converged } = minimize(bowl(given, round), start, { tolerance: 1e-6, iterations: 500 });
          expect(converged).toBe(true);
          point.forEach((coordinate, i) => expect(Math.abs(coordinate - i)).toBeLessThan(2e-4));
        },
      ),
    );
  });

  it('goes lower with every step it is allowed', () => {
    const start = Float64Array.of(-1.2, 1, -1.2);
    const values = [1, 2, 4, 8, 16].map((iterations) => minimize(rosenbrock, start, { iterations }).value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(new Set(values).size).toBe(values.length);
  });

  it('takes no step where there is none to take, and says when steps ran out', () => {
    const flat = minimize(rosenbrock, Float64Array.of(1, 1));
    expect(flat).toMatchObject({ iterations: 0, converged: true, value: 0 });
    expect(minimize(rosenbrock, Float64Array.of(-1.2, 1), { iterations: 3 })).toMatchObject({
      iterations: 3,
      converged: false,
    });
  });

  it('ends where no step leads lower, with a gradient that is wrong', () => {
    const wrong: Objective = (x, gradient) => {
      gradient.fill(-1);
      return (x[0] ?? 0) ** 2;
    };
    expect(minimize(wrong, Float64Array.of(0), { tolerance: 0.1 })).toMatchObject({ converged: false, iterations: 0 });
  });

  it('leaves its start as it was', () => {
    const start = new Float64Array(4);
    minimize(rosenbrock, start);
    expect(start).toEqual(new Float64Array(4));
  });
});
