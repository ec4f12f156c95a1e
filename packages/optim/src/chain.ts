import { ArgumentError } from '@sentence-mtl/core';
import type { GradientTransformation } from './gradient-transformation.ts';

/** The state of a parameter under several transformations; none where one of them freezes it. */
function slotsOf(transformations: readonly GradientTransformation[], path: string): readonly string[] | undefined {
  const slots: string[] = [];
  for (const { init } of transformations) {
    const more = init(path);
    if (more === undefined) return undefined;
    slots.push(...more);
  }
  const twice = slots.find((slot, i) => slots.indexOf(slot) !== i);
  if (twice === undefined) return slots;
  throw new ArgumentError(`two transformations of a chain keep the state ${twice} of ${path}`);
}

/**
 * Transformations one after the other. A parameter that one of them freezes is frozen.
 *
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
  const labels = transformations.flatMap(({ label }) => label ?? []);
  return {
    init: (path) => slotsOf(transformations, path),
    update: (at) => transformations.flatMap(({ update }) => update(at)),
    readsGlobalNorm: late === 0,
    ...(labels.length === 0 ? {} : { label: (path) => labels.map((label) => label(path)).join('/') }),
  };
}
