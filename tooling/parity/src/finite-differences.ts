import type { Program } from '@sentence-mtl/program';
import { interpret, type ReferenceTensor } from '@sentence-mtl/reference-engine';

type Tensors = Readonly<Record<string, ReferenceTensor>>;

/** Small beside every element that a case draws, large beside the rounding of what it computes. */
const STEP = 1e-5;

/** The central difference of fourth order: f′ = (8·(f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h + O(h⁴). */
const WEIGHTS: readonly (readonly [steps: number, weight: number])[] = [
  [1, 8 / 12],
  [2, -1 / 12],
];

/**
 * The gradient of Σ value · cotangent with respect to one input by central differences in float64: the definition
 * itself, which knows no gradient rule.
 */
export function finiteDifferences(
  forward: Program,
  feeds: Tensors,
  cotangent: readonly number[],
  input: string,
): number[] {
  const run = interpret(forward);
  const [output] = Object.keys(forward.outputs);
  const x = feeds[input];
  if (x === undefined || output === undefined) throw new RangeError(`the program has no input "${input}"`);
  const valueAt = (i: number, moved: number): readonly number[] =>
    run({ ...feeds, [input]: { ...x, data: x.data.with(i, moved) } })[output]?.data ?? [];
  const rise = (i: number, center: number, reach: number): number => {
    const [above, below] = [valueAt(i, center + reach), valueAt(i, center - reach)];
    // Element by element, so that large elements that do not change cannot drown small ones that do.
    return above.reduce((total, y, k) => total + (y - (below[k] ?? NaN)) * (cotangent[k] ?? NaN), 0);
  };
  return x.data.map((center, i) =>
    WEIGHTS.reduce((total, [steps, weight]) => total + (weight * rise(i, center, steps * STEP)) / STEP, 0),
  );
}
