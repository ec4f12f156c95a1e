import { ArgumentError } from './errors.ts';
import { sizeOfShape, type HostTensor } from './host-tensor.ts';

/**
 * The parameters of a model: an ordered map from path to tensor. Paths are the same for every architecture:
 * `encoder.layers.3.attention.query.weight`, `heads.intent.output.bias`.
 */
export type Parameters = ReadonlyMap<string, HostTensor<'float32'>>;

/** The number of trained values, over all tensors. */
export function countParameters(parameters: Parameters): number {
  return [...parameters.values()].reduce((count, { shape }) => count + sizeOfShape(shape), 0);
}

const PATH = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;

/**
 * Returns the path when it is well spelled: names of letters, digits, `_` and `-`, joined by dots.
 * @throws ArgumentError when it is not
 */
export function checkParameterPath(path: string): string {
  if (PATH.test(path)) return path;
  throw new ArgumentError(
    `${JSON.stringify(path)} is not a parameter path; a path is names of letters, digits, "_" and "-" joined by dots, ` +
      'such as "encoder.layers.3.attention.query.weight"',
  );
}
