import { bindDimension, bindShape } from '@sentence-mtl/program';
import { operandAt, type KernelTable } from '../kernel.ts';

export const shapeKernels: Pick<
  KernelTable,
  'dimensionSize' | 'range' | 'reshape' | 'transpose' | 'broadcastTo' | 'concat' | 'slice' | 'pad'
> = {
  dimensionSize: (_operands, { dimension }, { tf, bindings }) => [
    tf.scalar(bindDimension(dimension, bindings), 'float32'),
  ],
  range: (_operands, { end }, { tf, bindings }) => [tf.range(0, bindDimension(end, bindings), 1, 'int32')],
  reshape: (operands, { shape }, { tf, bindings }) => [tf.reshape(operandAt(operands, 0), bindShape(shape, bindings))],
  transpose: (operands, { permutation }, { tf }) => [tf.transpose(operandAt(operands, 0), [...permutation])],
  broadcastTo: (operands, { shape }, { tf, bindings }) => [
    tf.broadcastTo(operandAt(operands, 0), bindShape(shape, bindings)),
  ],
  concat: (operands, { axis }, { tf }) => [tf.concat([...operands], axis)],
  slice(operands, { axis, start, end }, { tf, bindings }) {
    const x = operandAt(operands, 0);
    const from = bindDimension(start, bindings);
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    return [tf.slice(x, begin, x.shape.with(axis, bindDimension(end, bindings) - from))];
  },
  pad(operands, { axis, before, after }, { tf, bindings }) {
    const x = operandAt(operands, 0);
    const own: [number, number] = [bindDimension(before, bindings), bindDimension(after, bindings)];
    return [
      tf.pad(
        x,
        x.shape.map((_, i): [number, number] => (i === axis ? own : [0, 0])),
      ),
    ];
  },
};
