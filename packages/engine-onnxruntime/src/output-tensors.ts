import { FeedError, sizeOfShape, type DType, type HostTensor } from '@sentence-mtl/core';
import { bindShape, formatShape, type Bindings, type Value } from '@sentence-mtl/program';
import { emptyTensor } from './empty-tensor.ts';
import type { NamedTensors } from './runtime-session.ts';

function checkGiven(name: string, dtype: DType, shape: readonly number[], given: HostTensor): void {
  const isSame = given.dtype === dtype && formatShape(given.shape) === formatShape(shape);
  if (isSame && given.data.length === sizeOfShape(shape)) return;
  throw new FeedError(
    `output "${name}" is ${dtype} ${formatShape(shape)}; the tensor to receive it is ${given.dtype} ${formatShape(given.shape)} with data of ${given.data.length}`,
  );
}

/**
 * The tensors a run fills: those of the caller where given, new ones otherwise.
 *
 * @throws FeedError for a tensor that no output fits
 */
export function outputTensors(
  outputs: Readonly<Record<string, Pick<Value, 'dtype' | 'shape'>>>,
  bindings: Bindings,
  into: ReadonlyMap<string, HostTensor | undefined>,
): NamedTensors {
  for (const name of into.keys()) {
    if (Object.hasOwn(outputs, name)) continue;
    throw new FeedError(`the program has no output "${name}" to receive; it has ${Object.keys(outputs).join(', ')}`);
  }
  const tensors = new Map<string, HostTensor>();
  for (const [name, { dtype, shape }] of Object.entries(outputs)) {
    const given = into.get(name);
    const bound = bindShape(shape, bindings);
    if (given !== undefined) checkGiven(name, dtype, bound, given);
    tensors.set(name, given ?? emptyTensor(dtype, bound));
  }
  return tensors;
}
