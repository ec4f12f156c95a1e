import { DisposedError, FeedError, sizeOfShape, type HostTensor } from '@sentence-mtl/core';
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

function writeInto(name: string, target: HostTensor, source: HostTensor): HostTensor {
  if (target.dtype !== source.dtype || target.data.length !== sizeOfShape(source.shape)) {
    throw new FeedError(
      `output "${name}" is ${source.dtype} (${source.shape.join(', ')}); into is ${target.dtype} of ${target.data.length} elements`,
    );
  }
  target.data.set(source.data);
  return target;
}

class ReferenceExecutable<I extends InputTypes, O extends ProgramOutputs> implements Executable<I, O> {
  readonly #run: ReturnType<typeof interpret>;
  #disposed = false;

  constructor(program: Program<I, O>) {
    this.#run = interpret(program);
  }

  async run(feeds: Feeds<I>, { into }: RunOptions<O> = {}): Promise<Fetches<O>> {
    if (this.#disposed) throw new DisposedError('the executable has been disposed of; compile the program again');
    // A mapped type over an open I or O is a record of tensors, which TypeScript cannot see.
    const given = feeds as unknown as Readonly<Record<string, HostTensor>>;
    const targets = (into ?? {}) as Readonly<Record<string, HostTensor | undefined>>;
    const outputs = this.#run(Object.fromEntries(Object.entries(given).map(([name, x]) => [name, fromHostTensor(x)])));
    const fetches = Object.entries(outputs).map(([name, tensor]) => {
      const target = targets[name];
      return [name, target === undefined ? toHostTensor(tensor) : writeInto(name, target, toHostTensor(tensor))];
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
