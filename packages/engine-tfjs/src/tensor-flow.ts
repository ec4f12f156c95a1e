import { EngineError, type DType } from '@sentence-mtl/core';

/**
 * What `import * as tf from '@tensorflow/tfjs-core'` gives, or the whole `@tensorflow/tfjs`. tfjs's own types are not
 * imported: they need those of a browser. The functions an engine calls are checked when it is made.
 */
export interface TfjsNamespace {
  ready(): Promise<void>;
  getBackend(): string;
}

/** The part of tfjs that this engine calls. */
export interface TensorFlow extends TfjsNamespace, Elementwise, Reductions, Layout {
  /** Frees every tensor that the function makes and does not keep. */
  tidy(compute: () => void): void;
  keep(x: DeviceTensor): DeviceTensor;
  tensor(data: Float32Array | Int32Array | Uint8Array, shape: number[], dtype: DType): DeviceTensor;
  scalar(value: number, dtype?: DType): DeviceTensor;
  zeros(shape: number[], dtype?: 'float32' | 'int32'): DeviceTensor;
  zerosLike(x: DeviceTensor): DeviceTensor;
  range(start: number, stop: number, step: number, dtype: 'int32'): DeviceTensor;
  matMul(a: DeviceTensor, b: DeviceTensor, transposeA: boolean, transposeB: boolean): DeviceTensor;
}

/** A tensor in the memory of a tfjs backend. */
export interface DeviceTensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly size: number;
  data(): Promise<unknown>;
  dispose(): void;
}

type Unary = (x: DeviceTensor) => DeviceTensor;
type Binary = (a: DeviceTensor | number, b: DeviceTensor | number) => DeviceTensor;
type Comparison = (a: DeviceTensor, b: DeviceTensor) => DeviceTensor;
type Reduction = (x: DeviceTensor, axis: number | number[], keepDims?: boolean) => DeviceTensor;

interface Elementwise {
  neg: Unary;
  abs: Unary;
  exp: Unary;
  log: Unary;
  sqrt: Unary;
  square: Unary;
  erf: Unary;
  tanh: Unary;
  sigmoid: Unary;
  softplus: Unary;
  relu: Unary;
  logicalNot: Unary;
  clone: Unary;
  softmax: Unary;
  logSoftmax: Unary;
  clipByValue(x: DeviceTensor, minimum: number, maximum: number): DeviceTensor;
  cast(x: DeviceTensor, dtype: DType): DeviceTensor;
  add: Binary;
  sub: Binary;
  mul: Binary;
  div: Binary;
  pow: Comparison;
  maximum: Comparison;
  minimum: Comparison;
  equal: Comparison;
  notEqual: Comparison;
  less: Comparison;
  lessEqual: Comparison;
  logicalAnd: Comparison;
  logicalOr: Comparison;
  where(condition: DeviceTensor, a: DeviceTensor, b: DeviceTensor): DeviceTensor;
}

interface Reductions {
  sum: Reduction;
  mean: Reduction;
  max: Reduction;
  min: Reduction;
  logSumExp: Reduction;
  argMax(x: DeviceTensor, axis: number): DeviceTensor;
  cumsum(x: DeviceTensor, axis: number, exclusive: boolean, reverse: boolean): DeviceTensor;
}

interface Layout {
  reshape(x: DeviceTensor, shape: number[]): DeviceTensor;
  expandDims(x: DeviceTensor, axis: number): DeviceTensor;
  transpose(x: DeviceTensor, permutation: number[]): DeviceTensor;
  broadcastTo(x: DeviceTensor, shape: number[]): DeviceTensor;
  concat(operands: DeviceTensor[], axis: number): DeviceTensor;
  slice(x: DeviceTensor, begin: number[], size: number[]): DeviceTensor;
  pad(x: DeviceTensor, paddings: [number, number][]): DeviceTensor;
  gather(table: DeviceTensor, indices: DeviceTensor): DeviceTensor;
  scatterND(indices: DeviceTensor, updates: DeviceTensor, shape: number[]): DeviceTensor;
}

const FUNCTIONS: { readonly [K in keyof TensorFlow]: true } = {
  ready: true,
  getBackend: true,
  tidy: true,
  keep: true,
  tensor: true,
  scalar: true,
  zeros: true,
  zerosLike: true,
  range: true,
  matMul: true,
  neg: true,
  abs: true,
  exp: true,
  log: true,
  sqrt: true,
  square: true,
  erf: true,
  tanh: true,
  sigmoid: true,
  softplus: true,
  relu: true,
  logicalNot: true,
  clone: true,
  softmax: true,
  logSoftmax: true,
  clipByValue: true,
  cast: true,
  add: true,
  sub: true,
  mul: true,
  div: true,
  pow: true,
  maximum: true,
  minimum: true,
  equal: true,
  notEqual: true,
  less: true,
  lessEqual: true,
  logicalAnd: true,
  logicalOr: true,
  where: true,
  sum: true,
  mean: true,
  max: true,
  min: true,
  logSumExp: true,
  argMax: true,
  cumsum: true,
  reshape: true,
  expandDims: true,
  transpose: true,
  broadcastTo: true,
  concat: true,
  slice: true,
  pad: true,
  gather: true,
  scatterND: true,
};

function hasFunctions(namespace: TfjsNamespace, names: readonly string[]): namespace is TensorFlow {
  return names.every((name) => typeof Reflect.get(namespace, name) === 'function');
}

/** The namespace once every function is known to be there. @throws EngineError naming those that are not */
export function checkedTensorFlow(namespace: TfjsNamespace): TensorFlow {
  const names = Object.keys(FUNCTIONS);
  if (hasFunctions(namespace, names)) return namespace;
  const missing = names.filter((name) => typeof Reflect.get(namespace, name) !== 'function');
  throw new EngineError(
    `this is no namespace of tfjs 4: it has no ${missing.join(', ')}; give what import * as tf from '@tensorflow/tfjs-core' gives`,
  );
}
