import {
  defineProgram,
  gradient,
  mul,
  sum,
  type InputTypes,
  type Program,
  type Shape,
  type Value,
} from '@sentence-mtl/program';
import { build } from './builders.ts';
import type { OperationCase } from './operation-case.ts';

/** How the shapes of a case's inputs are declared. */
export type Declaration = 'numbers' | 'symbols';

/** Attributes that speak of sizes cannot follow when sizes become symbols. */
const SIZED = new Set(['reshape', 'broadcastTo', 'slice', 'pad', 'concat']);

/** Whether a case has a form in which sizes are symbols. */
export const hasSymbolicForm = ({ op, symbols }: OperationCase): boolean => symbols !== undefined || !SIZED.has(op);

/** A size above 1 becomes a symbol that all axes of this size share; 1 stays, so that what is to stretch stretches. */
const symbolic = (shape: readonly number[]): Shape => shape.map((size) => (size > 1 ? `size${size}` : size));

function declaredShapes({ inputs, symbols }: OperationCase, declaration: Declaration): readonly Shape[] {
  if (declaration === 'numbers') return inputs.map(({ shape }) => shape);
  return symbols ?? inputs.map(({ shape }) => symbolic(shape));
}

/**
 * Inputs `x0`, `x1`, …; outputs `value` and, where it is float32, `gradient0`, … of Σ value · cotangent. The
 * cotangent is an input too, of the value's shape.
 */
export function operationProgram(recorded: OperationCase, declaration: Declaration): Program {
  const shapes = declaredShapes(recorded, declaration);
  const types = Object.fromEntries(
    recorded.inputs.map(({ dtype, shape }, index) => [`x${index}`, { dtype, shape: shapes[index] ?? shape }]),
  );
  const { value: probe } = defineProgram(types, (inputs) => ({
    value: build(recorded, Object.values(inputs)),
  })).outputs;
  const cotangent: InputTypes =
    probe.dtype === 'float32' ? { cotangent: { dtype: 'float32', shape: probe.shape } } : {};
  return defineProgram({ ...types, ...cotangent }, (inputs) => {
    const operands = Object.keys(types).flatMap((name) => inputs[name] ?? []);
    const value = build(recorded, operands);
    const outputs: Record<string, Value> = { value };
    if (inputs['cotangent'] === undefined) return outputs;
    const differentiable = operands.filter(({ dtype }) => dtype === 'float32');
    const slopes = gradient(sum(mul(value, inputs['cotangent'])), differentiable);
    for (const [index, x] of differentiable.entries())
      outputs[`gradient${operands.indexOf(x)}`] = slopes[index] ?? value;
    return outputs;
  });
}
