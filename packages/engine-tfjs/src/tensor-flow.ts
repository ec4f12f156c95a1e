import type { DType } from '@sentence-mtl/core';

/**
 * The part of tfjs that this engine calls, declared here and not imported: tfjs's own declarations need the types of
 * a browser, and whoever brings tfjs-core, tfjs or tfjs-node brings a namespace that fits.
 */
export interface TensorFlow extends Elementwise, Reductions, Layout {
  ready(): Promise<void>;
  getBackend(): string;
  /** Frees every tensor made by the function but those it returns. */
  tidy(compute: () => DeviceTensor[]): DeviceTensor[];
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
