import { broadcastShapes } from '@sentence-mtl/program';
import { allCoordinates, positionOf, type Coordinates } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';

type Vector = readonly number[];
type Matrix = readonly Vector[];

function dot(a: Vector, b: Vector): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] ?? NaN) * (b[k] ?? NaN);
  return total;
}

const columnsOf = (matrix: Matrix, columns: number): Matrix =>
  Array.from({ length: columns }, (_, j) => matrix.map((row) => row[j] ?? NaN));

/** The matrix that broadcasting puts at some coordinates of the leading axes, as rows. */
function matrixAt({ shape, data }: ReferenceTensor, batch: Coordinates): Matrix {
  const [rows = 0, columns = 0] = shape.slice(-2);
  const own = shape.slice(0, -2);
  const trailing = batch.slice(batch.length - own.length).map((index, axis) => (own[axis] === 1 ? 0 : index));
  const start = positionOf(trailing, own) * rows * columns;
  return Array.from({ length: rows }, (_, i) => data.slice(start + i * columns, start + (i + 1) * columns));
}

/** A matrix read as it is or with its axes exchanged. */
interface Side {
  readonly tensor: ReferenceTensor;
  readonly transposed: boolean;
}

const rowsOf = ({ tensor, transposed }: Side, batch: Coordinates): Matrix => {
  const matrix = matrixAt(tensor, batch);
  return transposed ? columnsOf(matrix, tensor.shape.at(-1) ?? 0) : matrix;
};

const sizesOf = ({ tensor: { shape }, transposed }: Side): [rows: number, columns: number] => {
  const [rows = 0, columns = 0] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
};

export const productEvaluators: Pick<EvaluatorTable, 'matMul' | 'linear'> = {
  matMul(operands, { transposeA, transposeB, scale }) {
    const a: Side = { tensor: operandAt(operands, 0), transposed: transposeA };
    const b: Side = { tensor: operandAt(operands, 1), transposed: transposeB };
    const batchShape = broadcastShapes(a.tensor.shape.slice(0, -2), b.tensor.shape.slice(0, -2)).map(Number);
    const data = allCoordinates(batchShape).flatMap((batch) => {
      const rows = rowsOf(a, batch);
      const columns = rowsOf({ ...b, transposed: !b.transposed }, batch);
      return rows.flatMap((row) => columns.map((column) => scale * dot(row, column)));
    });
    return [{ dtype: 'float32', shape: [...batchShape, sizesOf(a)[0], sizesOf(b)[1]], data }];
  },
  linear(operands) {
    const [x, weight, bias] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    const [outSize = 0, inSize = 0] = weight.shape;
    const weights = matrixAt(weight, []);
    const rows = matrixAt({ ...x, shape: [x.data.length / inSize, inSize] }, []);
    const data = rows.flatMap((row) => weights.map((w, j) => dot(row, w) + (bias.data[j] ?? NaN)));
    return [{ dtype: 'float32', shape: x.shape.with(-1, outSize), data }];
  },
};
