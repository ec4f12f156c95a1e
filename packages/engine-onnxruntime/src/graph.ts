import { DisposedError, FeedError, nearestMatch, type HostTensor } from '@sentence-mtl/core';
import type { HostModel, HostValue } from '@sentence-mtl/onnx';
import { bindFeeds, type GraphValue, type OpenGraph } from '@sentence-mtl/program';
import { graphSignature, type GraphSignature } from './graph-signature.ts';
import { outputTensors } from './output-tensors.ts';
import { runtimeError } from './runtime-error.ts';
import type { SharedSession } from './shared-session.ts';

const graphValue = ({ name, type, shape }: HostValue): GraphValue => ({ name, dtype: type, shape });

/** A model file and its session. */
export class OnnxruntimeGraph implements OpenGraph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly #engine: string;
  readonly #signature: GraphSignature;
  readonly #session: SharedSession;
  readonly #onDispose: () => void;
  #disposed: Promise<void> | undefined;

  /** @throws ProgramError for sizes that this project cannot follow */
  constructor(engine: string, model: HostModel, session: SharedSession, onDispose: () => void) {
    this.inputs = model.inputs.map(graphValue);
    this.outputs = model.outputs.map(graphValue);
    this.metadata = model.metadata;
    this.#engine = engine;
    this.#signature = graphSignature(this.inputs);
    this.#session = session;
    this.#onDispose = onDispose;
  }

  async run<K extends string>(
    feeds: Readonly<Record<string, HostTensor>>,
    names: readonly K[],
  ): Promise<Readonly<Record<K, HostTensor>>> {
    if (this.#disposed !== undefined) throw new DisposedError('this graph has been disposed of; open it again');
    const bindings = bindFeeds(this.#signature, feeds);
    const asked = names.map((name) => [name, this.#output(name)] as const);
    const outputs = outputTensors(Object.fromEntries(asked), bindings, new Map());
    try {
      await this.#session.run(new Map(Object.entries(feeds)), outputs);
    } catch (cause) {
      throw runtimeError(this.#engine, 'the run of the graph', cause);
    }
    return Object.fromEntries(outputs) as Readonly<Record<K, HostTensor>>;
  }

  #output(name: string): GraphValue {
    const found = this.outputs.find((output) => output.name === name);
    if (found !== undefined) return found;
    const names = this.outputs.map((output) => output.name);
    const nearest = nearestMatch(name, names);
    const hint = nearest === undefined ? `it has ${names.join(', ')}` : `did you mean "${nearest}"?`;
    throw new FeedError(`the graph has no output "${name}"; ${hint}`);
  }

  dispose(): Promise<void> {
    if (this.#disposed === undefined) {
      this.#onDispose();
      this.#disposed = this.#session.release();
    }
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
