import { EngineError } from '@sentence-mtl/core';
import { bindDimension } from '@sentence-mtl/program';
import { allCoordinates, elementAt, isIndex, positionOf, tabulate } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';

function checkedRow(index: number, rows: number): number {
  if (isIndex(index, rows)) return index;
  throw new EngineError(`the index ${index} selects no row of a table with the rows 0 to ${rows - 1}`);
}

export const rowEvaluators: Pick<EvaluatorTable, 'gather' | 'scatterAdd'> = {
  gather(operands) {
    const [table, indices] = [operandAt(operands, 0), operandAt(operands, 1)];
    const [rows = 0, ...rowShape] = table.shape;
    const rank = indices.shape.length;
    return [
      tabulate(table.dtype, [...indices.shape, ...rowShape], (at) => {
        const row = checkedRow(elementAt(indices, at.slice(0, rank)), rows);
        return elementAt(table, [row, ...at.slice(rank)]);
      }),
    ];
  },
  scatterAdd(operands, attributes, { bindings }) {
    const [indices, updates] = [operandAt(operands, 0), operandAt(operands, 1)];
    const rank = indices.shape.length;
    const shape = [bindDimension(attributes.rows, bindings), ...updates.shape.slice(rank)];
    const data = [...tabulate('float32', shape, () => 0).data];
    for (const at of allCoordinates(updates.shape)) {
      const row = checkedRow(elementAt(indices, at.slice(0, rank)), shape[0] ?? 0);
      const target = positionOf([row, ...at.slice(rank)], shape);
      data[target] = (data[target] ?? 0) + elementAt(updates, at);
    }
    return [{ dtype: 'float32', shape, data }];
  },
};
