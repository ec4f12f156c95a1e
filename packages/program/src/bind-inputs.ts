import { ProgramError, type HostTensor } from '@sentence-mtl/core';
import type { InputTypes, InputValues, Program, ProgramOutputs } from './define-program.ts';
import { constant } from './ops/leaf.ts';
import { rebuild } from './rebuild.ts';
import { formatShape, shapesEqual } from './shape.ts';
import type { Value } from './value.ts';
import { verifyProgram } from './verify-program.ts';

function checkedConstant(name: string, declared: Value | undefined, tensor: HostTensor): Value {
  if (declared === undefined) {
    throw new ProgramError(`the program has no input "${name}" to bind`);
  }
  if (declared.dtype !== tensor.dtype || !shapesEqual(declared.shape, tensor.shape)) {
    throw new ProgramError(
      `input "${name}" is ${declared.dtype} ${formatShape(declared.shape)}; the tensor to bind is ${tensor.dtype} ${formatShape(tensor.shape)}`,
    );
  }
  return constant(tensor, name);
}

/**
 * Makes inputs part of the program: weights that no longer change. The names stay with the tensors, which become
 * initializers of exported graphs.
 *
 * @throws ProgramError for a name that is no input, or a tensor of another dtype or shape
 */
export function bindInputs<I extends InputTypes, O extends ProgramOutputs, K extends keyof I & string>(
  program: Program<I, O>,
  tensors: ReadonlyMap<K, HostTensor>,
): Program<Omit<I, K>, O> {
  const declared: Readonly<Record<string, Value>> = program.inputs;
  const constants = new Map<string, Value>();
  for (const [name, tensor] of tensors) constants.set(name, checkedConstant(name, declared[name], tensor));
  const names = Object.keys(program.outputs);
  const values = rebuild(Object.values(program.outputs), (node) =>
    node.op === 'input' ? constants.get(node.attributes.name) : undefined,
  );
  const bound = {
    inputs: Object.fromEntries(Object.entries(declared).filter(([name]) => !constants.has(name))) as InputValues<
      Omit<I, K>
    >,
    outputs: Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as O,
  };
  verifyProgram(bound);
  return bound;
}
