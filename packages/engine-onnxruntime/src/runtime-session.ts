import type { HostTensor } from '@sentence-mtl/core';

export type NamedTensors = ReadonlyMap<string, HostTensor>;

/** A model ready to run. All that the engine knows of a runtime: another one joins by implementing this. */
export interface RuntimeSession {
  /**
   * Runs the model and fills the outputs in place; all of them are given, with their final shapes. Feeds and outputs
   * are read and written where they are, without a copy, where the runtime can.
   */
  run(feeds: NamedTensors, outputs: NamedTensors): Promise<void>;
  dispose(): Promise<void>;
}

export interface SessionSettings {
  /** Threads inside an operation. */
  readonly threads: number;
  /** Whether the runtime fuses operators of the graph. Those of our programs are fused before they get here. */
  readonly fuse: boolean;
}

/** Where sessions come from. */
export interface Runtime {
  /** For messages and reports: the npm package and its execution providers. */
  readonly name: string;
  /** For graphs that are worth sharing among threads. */
  readonly threads: number;
  /** The model belongs to the runtime from here on. @throws whatever the runtime throws; the engine says what it was doing */
  createSession(model: Uint8Array<ArrayBuffer>, settings: SessionSettings): Promise<RuntimeSession>;
  /** Frees what the runtime itself holds, once no session is alive. */
  dispose(): Promise<void>;
}
