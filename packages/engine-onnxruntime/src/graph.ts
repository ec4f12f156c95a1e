import { FeedError, nearestMatch, ShapeError, type HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  bindShape,
  formatShape,
  type Bindings,
  type GraphValue,
  type OpenGraph,
} from '@sentence-mtl/program';
import type { GraphSignature } from './graph-signature.ts';
import { outputTensors } from './output-tensors.ts';
import { SessionUser } from './session-user.ts';
import type { SharedSession } from './shared-session.ts';

/** @throws FeedError where a size of an output is neither known nor that of an input */
function checkSizes({ name, shape }: GraphValue, bindings: Bindings): void {
  try {
    bindShape(shape, bindings);
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    const sizes = Object.keys(bindings).join(', ') || 'none';
    throw new FeedError(
      `the output "${name}" is ${formatShape(shape)}, a size of which follows from no input; the inputs have ${sizes}`,
      { cause },
    );
  }
}

/** A model file and its session. */
export class OnnxruntimeGraph extends SessionUser implements OpenGraph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly #feeds: GraphSignature['feeds'];

  constructor(engine: string, signature: GraphSignature, session: SharedSession, onDispose: () => void) {
    const disposed = 'this graph has been disposed of; open it again';
    super({ engine, run: 'the run of the graph', disposed }, session, onDispose);
    this.inputs = signature.inputs;
    this.outputs = signature.outputs;
    this.metadata = signature.metadata;
    this.#feeds = signature.feeds;
  }

  async run<K extends string>(
    feeds: Readonly<Record<string, HostTensor>>,
    names: readonly K[],
  ): Promise<Readonly<Record<K, HostTensor>>> {
    this.checkAlive();
    const bindings = bindFeeds(this.#feeds, feeds);
    const asked = names.map((name) => [name, this.#output(name)] as const);
    for (const [, output] of asked) checkSizes(output, bindings);
    const outputs = outputTensors(Object.fromEntries(asked), bindings, new Map());
    await this.runSession(new Map(Object.entries(feeds)), outputs);
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
}
