import { ProgramError, type DType } from '@sentence-mtl/core';
import type { Dimension } from './dimension.ts';
import { input } from './ops/leaf.ts';
import type { TensorType, Value } from './value.ts';
import { verifyProgram } from './verify-program.ts';

/** The declared inputs of a program, by name. */
export type InputTypes = Readonly<Record<string, TensorType>>;
/** The values that a program gives, by name. */
export type ProgramOutputs = Readonly<Record<string, Value>>;

/** The values that stand for the declared inputs while a program is built. */
export type InputValues<I extends InputTypes> = { readonly [K in keyof I]: Value<I[K]['dtype']> };

/** A computation: named inputs, and named values computed from them. */
export interface Program<I extends InputTypes = InputTypes, O extends ProgramOutputs = ProgramOutputs> {
  readonly inputs: InputValues<I>;
  readonly outputs: O;
}

const declare =
  <D extends DType>(dtype: D) =>
  <const S extends readonly Dimension[]>(...shape: S): TensorType<D, S> => ({ dtype, shape });

/** Declares a float32 input: `float32('batch', 384)`. */
export const float32: <const S extends readonly Dimension[]>(...shape: S) => TensorType<'float32', S> =
  declare('float32');
/** Declares an int32 input. */
export const int32: <const S extends readonly Dimension[]>(...shape: S) => TensorType<'int32', S> = declare('int32');
/** Declares a bool input. */
export const bool: <const S extends readonly Dimension[]>(...shape: S) => TensorType<'bool', S> = declare('bool');

/**
 * Builds a program from declared inputs. Inputs that nothing uses are kept: they are still fed.
 *
 * ```ts
 * const program = defineProgram({ x: float32('batch', 8) }, ({ x }) => ({ y: mul(x, 2) }));
 * ```
 *
 * @throws ShapeError where a builder refuses its operands
 * @throws ProgramError when no output is returned or one is not computed from these inputs
 */
export function defineProgram<I extends InputTypes, O extends ProgramOutputs>(
  inputs: I,
  build: (inputs: InputValues<I>) => O,
): Program<I, O> {
  const values = Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]),
  ) as InputValues<I>;
  const outputs = build(values);
  if (Object.keys(outputs).length === 0) {
    throw new ProgramError('the program has no outputs; return at least one value from the build function');
  }
  const program = { inputs: values, outputs };
  verifyProgram(program);
  return program;
}
