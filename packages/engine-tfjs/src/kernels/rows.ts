import { bindDimension, bindShape, keepMask } from '@sentence-mtl/program';
import { ProgramError } from '@sentence-mtl/core';
import { operandAt, type KernelTable } from '../kernel.ts';

export const rowKernels: Pick<KernelTable, 'gather' | 'scatterAdd' | 'dropoutMask'> = {
  gather: (operands, _attributes, { tf }) => [tf.gather(operandAt(operands, 0), operandAt(operands, 1))],
  scatterAdd(operands, { rows }, { tf, bindings }) {
    const [indices, updates] = [operandAt(operands, 0), operandAt(operands, 1)];
    const rowShape = updates.shape.slice(indices.shape.length);
    // The wasm backend has scatterND, which adds where indices repeat, and no unsortedSegmentSum.
    const index = tf.reshape(indices, [indices.size, 1]);
    const flat = tf.reshape(updates, [indices.size, ...rowShape]);
    return [tf.scatterND(index, flat, [bindDimension(rows, bindings), ...rowShape])];
  },
  dropoutMask(_operands, { shape, rate, site }, { tf, bindings, hostOperands: [key] }) {
    if (!(key instanceof Int32Array)) throw new ProgramError('the key of a dropoutMask is not int32');
    const sizes = bindShape(shape, bindings);
    const columns = sizes.at(-1) ?? 1;
    const rowCount = sizes.slice(0, -1).reduce((product, size) => product * size, 1);
    return [tf.tensor(keepMask(key, rowCount, columns, rate, site), sizes, 'bool')];
  },
};
