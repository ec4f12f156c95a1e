import { FeedError, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
import type { Bindings } from './dimension.ts';
import { bindShape, formatShape, shapesEqual } from './shape.ts';
import type { TensorType } from './value.ts';

/**
 * Checks the tensors that are to receive outputs of a run: names, dtypes, shapes and data lengths.
 *
 * @throws FeedError naming the output, what it is and what was given
 */
export function checkTargets(
  outputs: Readonly<Record<string, TensorType>>,
  bindings: Bindings,
  targets: Iterable<readonly [name: string, target: HostTensor | undefined]>,
): void {
  for (const [name, target] of targets) {
    const output = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (output === undefined) {
      throw new FeedError(`the program has no output "${name}" to receive; it has ${Object.keys(outputs).join(', ')}`);
    }
    if (target === undefined) continue;
    const shape = bindShape(output.shape, bindings);
    const isSame = target.dtype === output.dtype && shapesEqual(target.shape, shape);
    if (isSame && target.data.length === sizeOfShape(shape)) continue;
    throw new FeedError(
      `output "${name}" is ${output.dtype} ${formatShape(shape)}; the tensor to receive it is ${target.dtype} ${formatShape(target.shape)} with data of ${target.data.length}`,
    );
  }
}
