import { defineProgram, type GraphValue, type InputTypes, type Program } from '@sentence-mtl/program';

/** A program that gives what it is fed: feeds of a graph are held to its inputs. */
export type GraphSignature = Program<InputTypes>;

/**
 * The inputs of a graph, in which a size without a name may be any.
 *
 * @throws ShapeError where a size is none that a program can have
 */
export function graphSignature(inputs: readonly GraphValue[]): GraphSignature {
  const types = inputs.map(({ name, dtype, shape }, position) => {
    const named = shape.map((size, axis) => (size === '' ? `size_${axis}_of_input_${position}` : size));
    return [name, { dtype, shape: named }] as const;
  });
  return defineProgram<InputTypes, Program['outputs']>(Object.fromEntries(types), (values) => values);
}
