import type { HostTensor } from '@sentence-mtl/core';
import { bindShape, checkTargets, type Bindings, type TensorType } from '@sentence-mtl/program';
import { emptyTensor } from './empty-tensor.ts';
import type { NamedTensors } from './runtime-session.ts';

/**
 * The tensors a run fills: those of the caller where given, new ones otherwise.
 *
 * @throws FeedError for a tensor that no output fits
 */
export function outputTensors(
  outputs: Readonly<Record<string, TensorType>>,
  bindings: Bindings,
  into: ReadonlyMap<string, HostTensor | undefined>,
): NamedTensors {
  checkTargets(outputs, bindings, into);
  const tensors = Object.entries(outputs).map(([name, { dtype, shape }]) => {
    return [name, into.get(name) ?? emptyTensor(dtype, bindShape(shape, bindings))] as const;
  });
  return new Map(tensors);
}
