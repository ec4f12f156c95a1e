import type { HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  type Executable,
  type Feeds,
  type Fetches,
  type InputTypes,
  type Program,
  type ProgramOutputs,
  type RunOptions,
} from '@sentence-mtl/program';
import { checkOverlap } from './memory-overlap.ts';
import { outputTensors } from './output-tensors.ts';
import { SessionUser } from './session-user.ts';
import type { SharedSession } from './shared-session.ts';

/** A program and its session, which it may share with other executables of the same program. */
export class OnnxruntimeExecutable<I extends InputTypes, O extends ProgramOutputs>
  extends SessionUser
  implements Executable<I, O>
{
  readonly #program: Program<I, O>;

  constructor(engine: string, program: Program<I, O>, session: SharedSession, onDispose: () => void) {
    const disposed = 'this executable has been disposed of; compile the program again to run it';
    super({ engine, run: 'the run', disposed }, session, onDispose);
    this.#program = program;
  }

  async run(feeds: Feeds<I>, options: RunOptions<O> = {}): Promise<Fetches<O>> {
    this.checkAlive();
    const fed = new Map<string, HostTensor>(Object.entries(feeds));
    const into = new Map<string, HostTensor | undefined>(Object.entries(options.into ?? {}));
    const bindings = bindFeeds(this.#program, Object.fromEntries(fed));
    const outputs = outputTensors(this.#program.outputs, bindings, into);
    checkOverlap(fed, outputs);
    await this.runSession(fed, outputs);
    return Object.fromEntries(outputs) as Fetches<O>;
  }
}
