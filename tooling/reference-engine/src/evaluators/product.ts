import { broadcastShapes } from '@sentence-mtl/program';
import { broadcastElementAt, elementAt, tabulate, type Coordinates } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';

/** A stack of matrices, read by batch coordinates, row and column. */
interface Matrices {
  readonly batch: readonly number[];
  readonly rows: number;
  readonly columns: number;
  at(batch: Coordinates, row: number, column: number): number;
}

function matricesOf(x: ReferenceTensor, transposed: boolean): Matrices {
  const [m = 0, n = 0] = x.shape.slice(-2);
  const read = (batch: Coordinates, row: number, column: number): number =>
    broadcastElementAt(x, [...batch, row, column]);
  // broadcastElementAt takes an axis of size 1 for a stretched one, which for the matrix axes is index 0 as well.
  return transposed
    ? { batch: x.shape.slice(0, -2), rows: n, columns: m, at: (batch, row, column) => read(batch, column, row) }
    : { batch: x.shape.slice(0, -2), rows: m, columns: n, at: read };
}

function dot(length: number, left: (k: number) => number, right: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < length; k++) total += left(k) * right(k);
  return total;
}

export const productEvaluators: Pick<EvaluatorTable, 'matMul' | 'linear'> = {
  matMul(operands, { transposeA, transposeB, scale }) {
    const a = matricesOf(operandAt(operands, 0), transposeA);
    const b = matricesOf(operandAt(operands, 1), transposeB);
    const batchShape = broadcastShapes(a.batch, b.batch).map(Number);
    return [
      tabulate('float32', [...batchShape, a.rows, b.columns], (coordinates) => {
        const batch = coordinates.slice(0, -2);
        const [i = 0, j = 0] = coordinates.slice(-2);
        return (
          scale *
          dot(
            a.columns,
            (k) => a.at(batch, i, k),
            (k) => b.at(batch, k, j),
          )
        );
      }),
    ];
  },
  linear(operands) {
    const [x, weight, bias] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    const [outSize = 0, inSize = 0] = weight.shape;
    return [
      tabulate('float32', x.shape.with(-1, outSize), (at) => {
        const [row, j = 0] = [at.slice(0, -1), at.at(-1)];
        return (
          dot(
            inSize,
            (k) => elementAt(x, [...row, k]),
            (k) => elementAt(weight, [j, k]),
          ) + elementAt(bias, [j])
        );
      }),
    ];
  },
};
