import { ArgumentError } from '@sentence-mtl/core';
import type { GradientTransformation } from './gradient-transformation.ts';

/**
 * Transformations one after the other.
 * @throws ArgumentError when one that reads the global norm of the gradients comes after another transformation, or,
 *   from `init`, when two keep state under the same name
 */
export function chain(...transformations: readonly GradientTransformation[]): GradientTransformation {
  const late = transformations.findLastIndex(({ readsGlobalNorm }) => readsGlobalNorm);
  if (late > 0) {
    throw new ArgumentError(
      `transformation ${late + 1} of a chain reads the global norm, which is that of the gradients; put it first`,
    );
  }
  return {
    init(path) {
      const slots = transformations.flatMap(({ init }) => init(path));
      const twice = slots.find((slot, i) => slots.indexOf(slot) !== i);
      if (twice === undefined) return slots;
      throw new ArgumentError(`two transformations of a chain keep the state ${twice} of ${path}`);
    },
    update: (at) => transformations.flatMap(({ update }) => update(at)),
    readsGlobalNorm: late === 0,
  };
}
