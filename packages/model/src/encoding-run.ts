import type { Parameters } from '@sentence-mtl/core';
import {
  bindInputs,
  type Engine,
  type Executable,
  type InputTypes,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';

/** A compiled program over token batches, and what it is fed besides them. */
export interface EncodingRun<O extends ProgramOutputs> {
  readonly executable: Executable<InputTypes, O>;
  readonly parameters: Parameters;
  readonly takesPromptLength: boolean;
}

/** A program that is to be compiled, with the parameters that it takes. */
export interface EncodingSource<O extends ProgramOutputs> {
  readonly program: Program<InputTypes, O>;
  readonly parameters: Parameters;
  readonly takesPromptLength: boolean;
}

/** @param bind makes the parameters a part of the program, in place of feeding them to each run */
export async function compileRun<O extends ProgramOutputs>(
  engine: Engine,
  { program, parameters, takesPromptLength }: EncodingSource<O>,
  bind: boolean,
): Promise<EncodingRun<O>> {
  const executable = await engine.compile(bind ? bindInputs(program, parameters) : program);
  return { executable, parameters: bind ? new Map() : parameters, takesPromptLength };
}
