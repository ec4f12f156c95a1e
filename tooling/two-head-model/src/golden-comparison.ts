// Parameters after training beside recorded ones, element by element.
import type { Parameters } from '@sentence-mtl/core';
import type { Optimizer } from '@sentence-mtl/optim';

const PARAMETER_TOLERANCE = 1e-5;
/** Where Adam divides by less than a hundred times its epsilon, it blows up the rounding of a gradient near 0. */
const BLOWN_UP = 1e-6;
const BLOWN_UP_TOLERANCE = 1e-4;
/** Of the 50 000 elements of a model. */
const MOST_BLOWN_UP = 100;
const SECOND_DECAY = 0.999;

/** The true gradient is 0, softmax does not see them: what is recorded is rounding noise. */
export const isKeyBias = (path: string): boolean => path.endsWith('attention.key.bias');

/** The elements, by path, whose second moment was once that of rounding. */
export type BlownUp = Map<string, Set<number>>;

/** Notes the elements whose second moment is, after this step, that of rounding. */
export function markBlownUp({ state: { counts, slots } }: Optimizer, marks: BlownUp): void {
  for (const [path, { data }] of slots.get('adam.secondMoment') ?? []) {
    const most = BLOWN_UP ** 2 * (1 - SECOND_DECAY ** (counts.get(path) ?? 1));
    const marked = marks.get(path) ?? new Set();
    for (let index = 0; index < data.length; index++) {
      const moment = data[index] ?? 0;
      if (moment > 0 && moment < most) marked.add(index);
    }
    marks.set(path, marked);
  }
}

/** What differs between final parameters and recorded ones; what is not recorded has not moved, in any bit. */
export function parameterFaults(
  initial: Parameters,
  final: Parameters,
  recorded: Parameters,
  marks: BlownUp,
): readonly string[] {
  const faults: string[] = [];
  let marked = 0;
  for (const [path, { data }] of final) {
    const expected = (recorded.get(path) ?? initial.get(path))?.data ?? [];
    if (recorded.has(path) && isKeyBias(path)) continue;
    marked += marks.get(path)?.size ?? 0;
    for (let index = 0; index < data.length; index++) {
      const usual = marks.get(path)?.has(index) === true ? BLOWN_UP_TOLERANCE : PARAMETER_TOLERANCE;
      const difference = Math.abs((data[index] ?? NaN) - (expected[index] ?? NaN));
      if (!(difference <= (recorded.has(path) ? usual : 0))) faults.push(`${path}[${index}] differs by ${difference}`);
    }
  }
  return marked < MOST_BLOWN_UP ? faults : [...faults, `${marked} elements are too near to rounding to compare`];
}
