import type { HostModel, HostValue } from '@sentence-mtl/onnx';
import { defineProgram, type GraphValue, type InputTypes, type Program } from '@sentence-mtl/program';

/** What a graph takes and gives, and the texts in its file. */
export interface GraphSignature {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly metadata: ReadonlyMap<string, string>;
  /** A program that gives what it is fed: feeds of the graph are held to its inputs. */
  readonly feeds: Program<InputTypes>;
}

const graphValue = ({ name, type, shape }: HostValue): GraphValue => ({ name, dtype: type, shape });

/** The inputs as a program, in which a size without a name may be any. */
function feedsProgram(inputs: readonly GraphValue[]): Program<InputTypes> {
  const types = inputs.map(({ name, dtype, shape }, position) => {
    const named = shape.map((size, axis) => (size === '' ? `size_${axis}_of_input_${position}` : size));
    return [name, { dtype, shape: named }] as const;
  });
  return defineProgram<InputTypes, Program['outputs']>(Object.fromEntries(types), (values) => values);
}

/**
 * The signature of a model file.
 *
 * @throws ShapeError where a size of an input is none that a program can have
 */
export function graphSignature({ inputs, outputs, metadata }: HostModel): GraphSignature {
  const given = inputs.map(graphValue);
  return { inputs: given, outputs: outputs.map(graphValue), metadata, feeds: feedsProgram(given) };
}
