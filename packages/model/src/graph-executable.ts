import { DisposedError, type HostTensor } from '@sentence-mtl/core';
import type {
  Executable,
  Feeds,
  Fetches,
  InputTypes,
  OpenGraph,
  ProgramOutputs,
  RunOptions,
} from '@sentence-mtl/program';
import { columnName } from './sentence-inputs.ts';
import { TOKEN_EMBEDDINGS } from './text-start.ts';
import { runTokenGraph } from './token-graph.ts';

/** What only the encoder takes: by what column names begin with. */
const ENCODER_INPUTS = /^(inputIds|tokenTypeIds)(\.\d+)?$/;

/** A program over token embeddings behind the graph that makes them of tokens: fed as if it were one program. */
export class GraphExecutable<O extends ProgramOutputs> implements Executable<InputTypes, O> {
  readonly #graph: OpenGraph;
  readonly #rest: Executable<InputTypes, O>;
  #last: Promise<unknown> = Promise.resolve();
  #disposed: Promise<void> | undefined;

  /** @param rest is disposed of with this; the graph is its owner's */
  constructor(graph: OpenGraph, rest: Executable<InputTypes, O>) {
    this.#graph = graph;
    this.#rest = rest;
  }

  run(feeds: Feeds<InputTypes>, options?: RunOptions<O>): Promise<Fetches<O>> {
    if (this.#disposed !== undefined) {
      return Promise.reject(new DisposedError('this executable has been disposed of; compile the program again'));
    }
    const run = this.#last.then(async () => this.#run(feeds, options));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #run(feeds: Readonly<Record<string, HostTensor>>, options: RunOptions<O> | undefined): Promise<Fetches<O>> {
    const embeddings: [name: string, tensor: HostTensor][] = [];
    for (let column = 0; feeds[columnName('inputIds', column)] !== undefined; column++) {
      embeddings.push([columnName(TOKEN_EMBEDDINGS, column), await runTokenGraph(this.#graph, feeds, column)]);
    }
    const others = Object.entries(feeds).filter(([name]) => !ENCODER_INPUTS.test(name));
    return this.#rest.run(Object.fromEntries([...others, ...embeddings]), options);
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#last.then(async () => this.#rest.dispose());
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
