import { DisposedError, type HostTensor } from '@sentence-mtl/core';
import { bindFeeds, checkTargets } from '@sentence-mtl/program';
import type {
  Engine,
  Executable,
  Feeds,
  Fetches,
  InputTypes,
  Program,
  ProgramOutputs,
  RunOptions,
} from '@sentence-mtl/program';
import { interpret } from './interpret.ts';
import { fromHostTensor, toHostTensor } from './reference-tensor.ts';

class ReferenceExecutable<I extends InputTypes, O extends ProgramOutputs> implements Executable<I, O> {
  readonly #program: Program<I, O>;
  readonly #run: ReturnType<typeof interpret>;
  #disposed = false;

  constructor(program: Program<I, O>) {
    this.#program = program;
    this.#run = interpret(program);
  }

  async run(feeds: Feeds<I>, { into }: RunOptions<O> = {}): Promise<Fetches<O>> {
    if (this.#disposed) throw new DisposedError('the executable has been disposed of; compile the program again');
    // A mapped type over an open I or O is a record of tensors, which TypeScript cannot see.
    const given = feeds as unknown as Readonly<Record<string, HostTensor>>;
    const targets = (into ?? {}) as Readonly<Record<string, HostTensor | undefined>>;
    checkTargets(this.#program.outputs, bindFeeds(this.#program, given), Object.entries(targets));
    const outputs = this.#run(Object.fromEntries(Object.entries(given).map(([name, x]) => [name, fromHostTensor(x)])));
    const fetches = Object.entries(outputs).map(([name, tensor]) => {
      const [target, rounded] = [targets[name], toHostTensor(tensor)];
      target?.data.set(rounded.data);
      return [name, target ?? rounded];
    });
    return Promise.resolve(Object.fromEntries(fetches) as Fetches<O>);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    return Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

/** An engine that interprets programs in float64 and rounds its outputs once: the oracle for all others. */
export function referenceEngine(): Engine {
  const alive: Executable[] = [];
  return {
    name: 'reference float64',
    async compile<I extends InputTypes, O extends ProgramOutputs>(program: Program<I, O>): Promise<Executable<I, O>> {
      const executable = new ReferenceExecutable(program);
      alive.push(executable as unknown as Executable);
      return Promise.resolve(executable);
    },
    async dispose(): Promise<void> {
      for (const executable of alive.splice(0)) await executable.dispose();
    },
  };
}
