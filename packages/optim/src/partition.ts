import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import type { GradientTransformation } from './gradient-transformation.ts';

/** The label of parameters that no transformation trains. */
export const FROZEN = 'frozen';

const frozen: GradientTransformation = { init: () => undefined, update: () => [], readsGlobalNorm: false };

/**
 * A transformation for each label, chosen by the label of a parameter's path, as optax's `partition`. Parameters with
 * the label `frozen` have no gradient and no state, and are never updated.
 *
 * @throws ArgumentError when a transformation reads the global norm, which is that of all labels together: put it
 *   before the partition; or, on use, when a label has no transformation
 */
export function partition<Label extends string>(
  labelOf: (path: string) => Label,
  transformations: Readonly<Record<Exclude<Label, typeof FROZEN>, GradientTransformation>>,
): GradientTransformation {
  const byLabel = new Map([...Object.entries<GradientTransformation>(transformations), [FROZEN, frozen]]);
  for (const [label, { readsGlobalNorm }] of byLabel) {
    if (!readsGlobalNorm) continue;
    throw new ArgumentError(
      `the transformation of the label "${label}" reads the global norm, which is that of all labels; put it before ` +
        'the partition: chain(clipByGlobalNorm(1), partition(…))',
    );
  }
  const transformationOf = (path: string): GradientTransformation => {
    const label: string = labelOf(path);
    const found = byLabel.get(label);
    if (found !== undefined) return found;
    const near = nearestMatch(label, byLabel.keys());
    const hint = near === undefined ? `; there are ${[...byLabel.keys()].join(', ')}` : `; did you mean "${near}"?`;
    throw new ArgumentError(`the label "${label}" of ${path} has no transformation${hint}`);
  };
  return {
    init: (path) => transformationOf(path).init(path),
    update: (at) => transformationOf(at.path).update(at),
    readsGlobalNorm: false,
    label: (path) =>
      [labelOf(path), transformationOf(path).label?.(path)].filter((label) => label !== undefined).join('/'),
  };
}
