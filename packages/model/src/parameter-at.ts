import { ArgumentError, type HostTensor, type Parameters } from '@sentence-mtl/core';

/** A parameter of a model. @throws ArgumentError where it is missing or of another shape */
export function parameterAt(parameters: Parameters, path: string, shape: readonly number[]): HostTensor<'float32'> {
  const tensor = parameters.get(path);
  if (tensor !== undefined && tensor.shape.join() === shape.join()) return tensor;
  const given = tensor === undefined ? 'missing' : `of shape (${tensor.shape.join(', ')})`;
  throw new ArgumentError(`parameter "${path}" is ${given}; the model needs it of shape (${shape.join(', ')})`);
}

/** The parameters that are needed, in their order. @throws ArgumentError as above */
export function checkedParameters(
  specs: ReadonlyMap<string, { readonly shape: readonly number[] }>,
  parameters: Parameters,
): Parameters {
  return new Map([...specs].map(([path, { shape }]) => [path, parameterAt(parameters, path, shape)] as const));
}
