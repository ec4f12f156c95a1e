import type { OperationAttributes } from '@sentence-mtl/program';
import { operandAt, type Kernel, type KernelTable } from '../kernel.ts';
import type { DeviceTensor, TensorFlow } from '../tensor-flow.ts';

type ReductionName = 'sum' | 'mean' | 'max' | 'min' | 'logSumExp';

const reduction =
  (f: (tf: TensorFlow, x: DeviceTensor, axes: number[], keep: boolean) => DeviceTensor): Kernel<ReductionName> =>
  (operands, { axes, keepDimensions }, { tf }) => [f(tf, operandAt(operands, 0), [...axes], keepDimensions)];

function resultShape({ shape }: DeviceTensor, { axes, keepDimensions }: OperationAttributes['sum']): number[] {
  return keepDimensions
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis));
}

export const reductionKernels: Pick<KernelTable, 'sum' | 'mean' | 'max' | 'min' | 'logSumExp' | 'argMax' | 'cumsum'> = {
  sum(operands, attributes, { tf }) {
    const x = operandAt(operands, 0);
    // The wasm backend leaves the sum over no elements unwritten.
    if (x.size === 0) return [tf.zeros(resultShape(x, attributes), x.dtype === 'int32' ? 'int32' : 'float32')];
    return [tf.sum(x, [...attributes.axes], attributes.keepDimensions)];
  },
  mean: reduction((tf, x, axes, keep) => tf.mean(x, axes, keep)),
  max: reduction((tf, x, axes, keep) => tf.max(x, axes, keep)),
  min: reduction((tf, x, axes, keep) => tf.min(x, axes, keep)),
  logSumExp: reduction((tf, x, axes, keep) => tf.logSumExp(x, axes, keep)),
  argMax: (operands, { axis }, { tf }) => [tf.argMax(operandAt(operands, 0), axis)],
  cumsum: (operands, { axis, reverse }, { tf }) => [tf.cumsum(operandAt(operands, 0), axis, false, reverse)],
};
