import type { HostTensor } from '@sentence-mtl/core';
import type { Engine, Executable, Feeds, InputTypes, Program, ProgramOutputs, RunOptions } from '@sentence-mtl/program';

/** A program that was run, with what it was fed. */
export interface RecordedRun {
  readonly program: Program;
  readonly feeds: Readonly<Record<string, HostTensor>>;
}

/** An engine that runs programs on another and notes each run, so that it can be repeated on any. */
export function recordingEngine(engine: Engine): { readonly engine: Engine; readonly runs: readonly RecordedRun[] } {
  const runs: RecordedRun[] = [];
  const compile = async <I extends InputTypes, O extends ProgramOutputs>(
    program: Program<I, O>,
  ): Promise<Executable<I, O>> => {
    const executable = await engine.compile(program);
    return {
      run: (feeds: Feeds<I>, options?: RunOptions<O>) => {
        // A mapped type over an open I or O is a record of tensors, which TypeScript cannot see.
        runs.push({ program: program as unknown as Program, feeds: feeds as unknown as RecordedRun['feeds'] });
        return executable.run(feeds, options);
      },
      dispose: () => executable.dispose(),
      [Symbol.asyncDispose]: () => executable.dispose(),
    };
  };
  return { engine: { name: `${engine.name}, recorded`, compile, dispose: () => engine.dispose() }, runs };
}
