import type { Parameters } from '@sentence-mtl/core';
import {
  bindInputs,
  type Engine,
  type Executable,
  type InputTypes,
  type OpenGraph,
  type Program,
  type ProgramOutputs,
} from '@sentence-mtl/program';
import { GraphExecutable } from './graph-executable.ts';
import type { TextStart } from './text-start.ts';

/** A compiled program over token batches, and what it is fed besides them. */
export interface EncodingRun<O extends ProgramOutputs> {
  readonly executable: Executable<InputTypes, O>;
  readonly parameters: Parameters;
  readonly takesPromptLength: boolean;
}

/** A program that is to be compiled, with parameters among which are those that it takes. */
export interface EncodingSource<O extends ProgramOutputs> {
  readonly programFrom: (start: TextStart) => Program<InputTypes, O>;
  readonly parameters: Parameters;
  readonly takesPromptLength: boolean;
}

/** What programs over texts run on. */
export interface EncodingRuntime {
  readonly engine: Engine;
  /** Whether parameters become a part of the programs, in place of being fed to each run. */
  readonly bind: boolean;
  /** The encoder, where an exported graph is in place of our own. */
  readonly graph: OpenGraph | undefined;
}

export async function compileRun<O extends ProgramOutputs>(
  { engine, bind, graph }: EncodingRuntime,
  { programFrom, parameters: all, takesPromptLength }: EncodingSource<O>,
): Promise<EncodingRun<O>> {
  const program = programFrom(graph === undefined ? 'tokens' : 'tokenEmbeddings');
  const parameters = new Map([...all].filter(([path]) => Object.hasOwn(program.inputs, path)));
  const compiled = await engine.compile(bind ? bindInputs(program, parameters) : program);
  const executable = graph === undefined ? compiled : new GraphExecutable(graph, compiled);
  return { executable, parameters: bind ? new Map() : parameters, takesPromptLength };
}
