import type { OnnxAttributes, OnnxNode, OnnxTensor, OnnxValue } from '../model/onnx-model.ts';
import type { ElementType } from '../model/element-type.ts';
import { TARGET_VERSIONS, type OnnxTarget } from './target.ts';

/** The elements of a tensor to store. */
export type TensorData = Float32Array | Int32Array | Uint32Array | BigInt64Array | Uint8Array;

/** Constants up to this size are merged by content, larger ones by identity. */
const MERGED_BYTES = 512;

interface OperationOptions {
  readonly domain?: string;
  /** How many results the operator gives here. */
  readonly results?: number;
}

/**
 * A graph while it is built: operators and constants in, names out. Equal operators (same inputs, attributes and
 * number of results) are built once, so that callers need not remember what they have already asked for.
 */
export class GraphBuilder {
  readonly target: OnnxTarget;
  /** The version of the standard operators. */
  readonly opset: number;
  readonly axes: readonly Pick<OnnxValue, 'name' | 'shape'>[];
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: OnnxTensor[] = [];
  readonly #taken: Set<string>;
  readonly #counters = new Map<string, number>();
  readonly #known = new Map<string, readonly string[]>();
  readonly #constants = new Map<string, string>();
  readonly #identities = new Map<TensorData, number>();

  /**
   * @param axes the inputs of the graph: where the sizes of symbols are read
   * @param reserved names that values made here do not take
   */
  constructor(target: OnnxTarget, axes: readonly Pick<OnnxValue, 'name' | 'shape'>[], reserved: Iterable<string>) {
    this.target = target;
    this.opset = TARGET_VERSIONS[target].opset;
    this.axes = axes;
    this.#taken = new Set(reserved);
  }

  /** In the order in which they were asked for, in which each follows those it reads. */
  get nodes(): readonly OnnxNode[] {
    return this.#nodes;
  }

  get initializers(): readonly OnnxTensor[] {
    return this.#initializers;
  }

  #freshName(stem: string): string {
    for (;;) {
      const count = this.#counters.get(stem) ?? 0;
      this.#counters.set(stem, count + 1);
      const name = `${stem}_${count}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }

  #identityOf(data: TensorData): number {
    const identity = this.#identities.get(data) ?? this.#identities.size;
    this.#identities.set(data, identity);
    return identity;
  }

  /** The names of an operator's results. */
  operations(
    operator: string,
    inputs: readonly string[],
    attributes: OnnxAttributes = {},
    { domain = '', results = 1 }: OperationOptions = {},
  ): readonly string[] {
    const key = `${domain} ${operator} ${results} ${JSON.stringify(attributes)} ${inputs.join('\n')}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#freshName(operator);
    const outputs = Array.from({ length: results }, (_, index) => (index === 0 ? name : `${name}.${index}`));
    this.#nodes.push({ name, domain, operator, inputs, outputs, attributes });
    this.#known.set(key, outputs);
    return outputs;
  }

  /** The name of an operator's only result. */
  operation(operator: string, inputs: readonly string[], attributes?: OnnxAttributes, domain?: string): string {
    const [name = ''] = this.operations(operator, inputs, attributes, domain === undefined ? {} : { domain });
    return name;
  }

  /** The name of a stored tensor. One that is given a name keeps it and is stored as it is, not copied. */
  tensor(type: ElementType, shape: readonly number[], data: TensorData, name?: string): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const store = (as: string): string => {
      this.#initializers.push({ name: as, type, shape, data: bytes });
      return as;
    };
    const once = (key: string): string => {
      const known = this.#constants.get(key) ?? store(name ?? this.#freshName('constant'));
      this.#constants.set(key, known);
      return known;
    };
    if (name !== undefined) return once(`weight ${name}`);
    if (bytes.length <= MERGED_BYTES) return once(`${type} ${shape.join()} ${bytes.join()}`);
    return once(`large ${this.#identityOf(data)} ${shape.join()}`);
  }

  /** int64 values, by default as a vector: how ONNX takes shapes, axes and limits. */
  int64(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.tensor('int64', shape, BigInt64Array.from(values, BigInt));
  }

  /** A float32 scalar. */
  float(value: number): string {
    return this.tensor('float32', [], Float32Array.of(value));
  }

  /** An int32 scalar. */
  int32(value: number): string {
    return this.tensor('int32', [], Int32Array.of(value));
  }
}
