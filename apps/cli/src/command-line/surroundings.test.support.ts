import { Readable } from 'node:stream';
import { BrokenPipeError } from './errors.ts';
import { Interruption } from './interruption.ts';
import type { Output } from './output.ts';
import type { Surroundings } from './surroundings.ts';

/** An output that keeps what is written. */
export class MemoryOutput implements Output {
  readonly isTerminal: boolean;
  text = '';
  isClosed = false;

  constructor(isTerminal = false) {
    this.isTerminal = isTerminal;
  }

  columns(): number {
    return 100;
  }

  async write(text: string): Promise<void> {
    if (this.isClosed) throw new BrokenPipeError('closed');
    this.text += text;
  }
}

export interface MemorySurroundings extends Surroundings {
  readonly stdout: MemoryOutput;
  readonly stderr: MemoryOutput;
}

/** A process that is none: outputs are kept, and the clock stands still. */
export function memorySurroundings(changes: Partial<MemorySurroundings> = {}): MemorySurroundings {
  return {
    stdin: Readable.from([]),
    stdout: new MemoryOutput(),
    stderr: new MemoryOutput(),
    environment: {},
    now: () => 0,
    date: () => new Date(0),
    peakMemory: () => 0,
    workingDirectory: '/there',
    interruption: new Interruption(),
    ...changes,
  };
}
