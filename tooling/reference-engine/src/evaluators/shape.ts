import { bindDimension, bindShape } from '@sentence-mtl/program';
import { broadcastElementAt, elementAt, tabulate } from '../coordinates.ts';
import { operandAt, type EvaluatorTable } from '../evaluator.ts';
import type { ReferenceTensor } from '../reference-tensor.ts';

/** The operand that holds index `at` of the joined axis, and that index within it. */
function locate(operands: readonly ReferenceTensor[], axis: number, at: number): [ReferenceTensor, number] {
  let within = at;
  for (const operand of operands) {
    const size = operand.shape[axis] ?? 0;
    if (within < size) return [operand, within];
    within -= size;
  }
  throw new RangeError(`${at} lies behind the last of ${operands.length} operands`);
}

export const shapeEvaluators: Pick<
  EvaluatorTable,
  'reshape' | 'transpose' | 'broadcastTo' | 'concat' | 'slice' | 'pad'
> = {
  reshape(operands, { shape }, { bindings }) {
    const { dtype, data } = operandAt(operands, 0);
    return [{ dtype, shape: bindShape(shape, bindings), data }];
  },
  transpose(operands, { permutation }) {
    const x = operandAt(operands, 0);
    const shape = permutation.map((axis) => x.shape[axis] ?? 0);
    return [
      tabulate(x.dtype, shape, (at) =>
        elementAt(
          x,
          x.shape.map((_, axis) => at[permutation.indexOf(axis)] ?? 0),
        ),
      ),
    ];
  },
  broadcastTo(operands, { shape }, { bindings }) {
    const x = operandAt(operands, 0);
    return [tabulate(x.dtype, bindShape(shape, bindings), (at) => broadcastElementAt(x, at))];
  },
  concat(operands, { axis }) {
    const { dtype, shape } = operandAt(operands, 0);
    const size = operands.reduce((total, x) => total + (x.shape[axis] ?? 0), 0);
    return [
      tabulate(dtype, shape.with(axis, size), (at) => {
        const [operand, within] = locate(operands, axis, at[axis] ?? 0);
        return elementAt(operand, at.with(axis, within));
      }),
    ];
  },
  slice(operands, { axis, start, end }, { bindings }) {
    const x = operandAt(operands, 0);
    const [from, to] = [bindDimension(start, bindings), bindDimension(end, bindings)];
    return [
      tabulate(x.dtype, x.shape.with(axis, to - from), (at) => elementAt(x, at.with(axis, (at[axis] ?? 0) + from))),
    ];
  },
  pad(operands, { axis, before, after }, { bindings }) {
    const x = operandAt(operands, 0);
    const size = x.shape[axis] ?? 0;
    const lead = bindDimension(before, bindings);
    return [
      tabulate(x.dtype, x.shape.with(axis, lead + size + bindDimension(after, bindings)), (at) => {
        const within = (at[axis] ?? 0) - lead;
        return within >= 0 && within < size ? elementAt(x, at.with(axis, within)) : 0;
      }),
    ];
  },
};
