import { DisposedError, EngineError, ProgramError, SentenceMtlError, type HostTensor } from '@sentence-mtl/core';
import {
  bindFeeds,
  bindShape,
  checkTargets,
  schedule,
  type Bindings,
  type Executable,
  type Feeds,
  type Fetches,
  type InputTypes,
  type Node,
  type NodeOf,
  type OperationName,
  type Program,
  type ProgramOutputs,
  type RunOptions,
  type Value,
} from '@sentence-mtl/program';
import { download, elementsOf, upload } from './host-transfer.ts';
import type { KernelTable } from './kernel.ts';
import { kernels } from './kernels/kernels.ts';
import { lastUses } from './last-uses.ts';
import type { DeviceTensor, TensorFlow } from './tensor-flow.ts';

type Tensors = Readonly<Record<string, HostTensor>>;
type Targets = Readonly<Record<string, HostTensor | undefined>>;

/** What is alive during a run. */
interface Run {
  readonly feeds: Tensors;
  readonly bindings: Bindings;
  readonly tensors: Map<Value, DeviceTensor>;
}

function tensorOf(tensors: ReadonlyMap<Value, DeviceTensor>, value: Value): DeviceTensor {
  const tensor = tensors.get(value);
  if (tensor === undefined)
    throw new ProgramError(`result ${value.index} of ${value.node.op} is used and was not computed`);
  return tensor;
}

function runKernel<K extends keyof KernelTable & OperationName>(
  node: NodeOf<K>,
  operands: readonly DeviceTensor[],
  context: Parameters<KernelTable[K]>[2],
): readonly DeviceTensor[] {
  return kernels[node.op](operands, node.attributes, context);
}

/** A program, interpreted node by node; what no later node reads is freed at once. */
export class TfjsExecutable<I extends InputTypes, O extends ProgramOutputs> implements Executable<I, O> {
  readonly #tf: TensorFlow;
  readonly #engine: string;
  readonly #program: Program<I, O>;
  readonly #order: readonly Node[];
  readonly #freed: ReadonlyMap<Node, readonly Value[]>;
  readonly #constants: ReadonlyMap<Value, DeviceTensor>;
  readonly #running = new Set<Promise<unknown>>();
  readonly #onDispose: () => void;
  #disposed: Promise<void> | undefined;

  constructor(tf: TensorFlow, engine: string, program: Program<I, O>, onDispose: () => void) {
    this.#tf = tf;
    this.#engine = engine;
    this.#program = program;
    this.#onDispose = onDispose;
    this.#order = schedule(Object.values(program.outputs));
    const constants = new Map<Value, DeviceTensor>();
    for (const { op, attributes, outputs } of this.#order) {
      const [value] = outputs;
      if (op === 'constant' && value !== undefined) constants.set(value, upload(tf, attributes.tensor));
    }
    this.#constants = constants;
    this.#freed = lastUses(this.#order, [...Object.values(program.outputs), ...constants.keys()]);
  }

  async run(feeds: Feeds<I>, options: RunOptions<O> = {}): Promise<Fetches<O>> {
    if (this.#disposed !== undefined) {
      throw new DisposedError('this executable has been disposed of; compile the program again to run it');
    }
    // A mapped type over an open I is a record of tensors, which TypeScript cannot see.
    const run = this.#run(feeds as unknown as Tensors, options);
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }

  async #run(feeds: Tensors, { into }: RunOptions<O>): Promise<Fetches<O>> {
    const bindings = bindFeeds(this.#program, feeds);
    const targets: Targets = (into ?? {}) as Targets;
    checkTargets(this.#program.outputs, bindings, Object.entries(targets));
    const run: Run = { feeds, bindings, tensors: new Map(this.#constants) };
    try {
      for (const node of this.#order) await this.#step(node, run);
      return await this.#fetch(run, targets);
    } finally {
      for (const [value, tensor] of run.tensors) if (!this.#constants.has(value)) tensor.dispose();
    }
  }

  async #step(node: Node, { feeds, bindings, tensors }: Run): Promise<void> {
    for (const [index, tensor] of (await this.#compute(node, feeds, bindings, tensors)).entries()) {
      const value = node.outputs[index];
      if (value !== undefined) tensors.set(value, tensor);
    }
    for (const value of this.#freed.get(node) ?? []) {
      tensors.get(value)?.dispose();
      tensors.delete(value);
    }
  }

  async #compute(
    node: Node,
    feeds: Tensors,
    bindings: Bindings,
    tensors: ReadonlyMap<Value, DeviceTensor>,
  ): Promise<readonly DeviceTensor[]> {
    const tf = this.#tf;
    if (node.op === 'constant') return [];
    if (node.op === 'input') {
      const fed = feeds[node.attributes.name];
      return fed === undefined ? [] : [upload(tf, fed)];
    }
    const operands = node.inputs.map((x) => tensorOf(tensors, x));
    // A mask is hashed from its key in this process: 32-bit products that wrap are not among tfjs's operations.
    const hostOperands = node.op === 'dropoutMask' ? await Promise.all(operands.map(elementsOf)) : [];
    try {
      // The dtypes and attributes of a node belong together; over the union of all nodes TypeScript cannot see it.
      const results: DeviceTensor[] = [];
      tf.tidy(() => {
        const made = runKernel(node as NodeOf<typeof node.op>, operands, { tf, bindings, hostOperands });
        results.push(...made.map((tensor) => tf.keep(tensor)));
      });
      return results;
    } catch (cause) {
      if (cause instanceof SentenceMtlError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new EngineError(`${this.#engine} cannot compute ${node.op}: ${reason}`, { cause });
    }
  }

  async #fetch({ bindings, tensors }: Run, targets: Targets): Promise<Fetches<O>> {
    const fetched: Record<string, HostTensor> = {};
    for (const [name, value] of Object.entries(this.#program.outputs)) {
      const tensor = tensorOf(tensors, value);
      const target = targets[name];
      if (target === undefined) {
        fetched[name] = await download(tensor, { dtype: value.dtype, shape: bindShape(value.shape, bindings) });
      } else {
        target.data.set(await elementsOf(tensor));
        fetched[name] = target;
      }
    }
    return fetched as Fetches<O>;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#free();
    return this.#disposed;
  }

  async #free(): Promise<void> {
    this.#onDispose();
    await Promise.allSettled(this.#running);
    for (const tensor of this.#constants.values()) tensor.dispose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
