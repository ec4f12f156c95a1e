import { broadcastShapes } from '@sentence-mtl/program';
import { operandAt, type KernelTable } from '../kernel.ts';
import type { DeviceTensor, TensorFlow } from '../tensor-flow.ts';

interface Transposed {
  readonly a: boolean;
  readonly b: boolean;
}

/** (…, K) × (K, N): one product over all rows. */
function rowsTimesMatrix(tf: TensorFlow, x: DeviceTensor, matrix: DeviceTensor, transposed: boolean): DeviceTensor {
  const rows = tf.reshape(x, [-1, x.shape.at(-1) ?? 0]);
  const product = tf.matMul(rows, matrix, false, transposed);
  return tf.reshape(product, [...x.shape.slice(0, -1), product.shape.at(-1) ?? 0]);
}

/**
 * Leading axes are stretched before the product: where both operands broadcast, the cpu and wasm backends of
 * tfjs 4.22 compute only some of the matrices.
 */
function batchMatMul(tf: TensorFlow, a: DeviceTensor, b: DeviceTensor, transposed: Transposed): DeviceTensor {
  if (b.shape.length === 2 && !transposed.a && a.size > 0) return rowsTimesMatrix(tf, a, b, transposed.b);
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)).map(Number);
  const stretch = (x: DeviceTensor): DeviceTensor => tf.broadcastTo(x, [...batch, ...x.shape.slice(-2)]);
  return tf.matMul(stretch(a), stretch(b), transposed.a, transposed.b);
}

export const productKernels: Pick<KernelTable, 'matMul' | 'linear'> = {
  matMul(operands, { transposeA, transposeB, scale }, { tf }) {
    const product = batchMatMul(tf, operandAt(operands, 0), operandAt(operands, 1), { a: transposeA, b: transposeB });
    return [scale === 1 ? product : tf.mul(product, scale)];
  },
  linear(operands, _attributes, { tf }) {
    const [x, weight, bias] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    return [tf.add(rowsTimesMatrix(tf, x, weight, true), bias)];
  },
};
