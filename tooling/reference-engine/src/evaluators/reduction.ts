import type { DType } from '@sentence-mtl/core';
import type { OperationAttributes } from '@sentence-mtl/program';
import { allCoordinates, elementAt, tabulate, type Coordinates } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';
import { logSumExp } from '../special-functions.ts';

type ReductionAttributes = OperationAttributes['sum'];

/** The elements of x that one element of the result is made of. */
function group(x: ReferenceTensor, axes: readonly number[], kept: Coordinates): number[] {
  const reducedShape = axes.map((axis) => x.shape[axis] ?? 0);
  return allCoordinates(reducedShape).map((reduced) =>
    elementAt(
      x,
      kept.map((index, axis) => (axes.includes(axis) ? (reduced[axes.indexOf(axis)] ?? 0) : index)),
    ),
  );
}

const reduction =
  (f: (elements: number[], dtype: DType) => number) =>
  (operands: readonly ReferenceTensor[], { axes, keepDimensions }: ReductionAttributes): readonly ReferenceTensor[] => {
    const x = operandAt(operands, 0);
    const keptShape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
    const { data } = tabulate(x.dtype, keptShape, (kept) => f(group(x, axes, kept), x.dtype));
    const shape = keepDimensions ? keptShape : x.shape.filter((_, axis) => !axes.includes(axis));
    return [{ dtype: x.dtype, shape, data }];
  };

const total = (elements: readonly number[]): number => elements.reduce((a, b) => a + b, 0);

export const reductionEvaluators: Pick<
  EvaluatorTable,
  'sum' | 'mean' | 'max' | 'min' | 'logSumExp' | 'argMax' | 'cumsum'
> = {
  sum: reduction((elements, dtype) => (dtype === 'int32' ? total(elements) | 0 : total(elements))),
  mean: reduction((elements) => total(elements) / elements.length),
  max: reduction((elements) => Math.max(...elements)),
  min: reduction((elements) => Math.min(...elements)),
  logSumExp: reduction(logSumExp),
  argMax(operands, { axis }) {
    const x = operandAt(operands, 0);
    return [
      tabulate('int32', x.shape.toSpliced(axis, 1), (at) => {
        const elements = group(x, [axis], at.toSpliced(axis, 0, 0));
        return elements.indexOf(Math.max(...elements));
      }),
    ];
  },
  cumsum(operands, { axis, reverse }) {
    const x = operandAt(operands, 0);
    return [
      tabulate('float32', x.shape, (at) => {
        const line = group(x, [axis], at.with(axis, 0));
        const own = at[axis] ?? 0;
        return total(reverse ? line.slice(own) : line.slice(0, own + 1));
      }),
    ];
  },
};
