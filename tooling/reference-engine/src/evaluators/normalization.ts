import { isIndex } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';
import { logSumExp } from '../special-functions.ts';

/** The lines along the last axis, in order. */
function rowsOf({ shape, data }: ReferenceTensor): number[][] {
  const size = shape.at(-1) ?? 1;
  const count = size === 0 ? 0 : data.length / size;
  return Array.from({ length: count }, (_, row) => data.slice(row * size, (row + 1) * size));
}

/** A float tensor of one line for each row. */
const fromRows = (shape: readonly number[], rows: readonly (readonly number[])[]): ReferenceTensor => ({
  dtype: 'float32',
  shape,
  data: rows.flat(),
});

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function logSoftmaxOf(row: readonly number[]): number[] {
  const normaliser = logSumExp(row);
  return row.map((x) => x - normaliser);
}

export const normalizationEvaluators: Pick<
  EvaluatorTable,
  'softmax' | 'logSoftmax' | 'layerNorm' | 'softmaxCrossEntropy'
> = {
  softmax(operands) {
    const x = operandAt(operands, 0);
    return [
      fromRows(
        x.shape,
        rowsOf(x).map((row) => logSoftmaxOf(row).map(Math.exp)),
      ),
    ];
  },
  logSoftmax(operands) {
    const x = operandAt(operands, 0);
    return [fromRows(x.shape, rowsOf(x).map(logSoftmaxOf))];
  },
  layerNorm(operands, { epsilon }) {
    const [x, gamma, beta] = [operandAt(operands, 0), operandAt(operands, 1), operandAt(operands, 2)];
    const rows = rowsOf(x).map((row) => {
      const mean = average(row);
      const variance = average(row.map((value) => (value - mean) ** 2));
      const deviation = Math.sqrt(variance + epsilon);
      const y = row.map((value, i) => ((value - mean) / deviation) * (gamma.data[i] ?? NaN) + (beta.data[i] ?? NaN));
      return { y, mean, inverse: 1 / deviation };
    });
    const perRow = x.shape.with(-1, 1);
    return [
      fromRows(
        x.shape,
        rows.map(({ y }) => y),
      ),
      fromRows(
        perRow,
        rows.map(({ mean }) => [mean]),
      ),
      fromRows(
        perRow,
        rows.map(({ inverse }) => [inverse]),
      ),
    ];
  },
  softmaxCrossEntropy(operands) {
    const [logits, labels] = [operandAt(operands, 0), operandAt(operands, 1)];
    const logProbabilities = rowsOf(logits).map(logSoftmaxOf);
    const losses = logProbabilities.map((row, i) => {
      const label = labels.data[i];
      return isIndex(label, row.length) && label !== undefined ? [-(row[label] ?? NaN)] : [0];
    });
    return [fromRows(labels.shape, losses), fromRows(logits.shape, logProbabilities)];
  },
};
