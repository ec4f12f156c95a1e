import { ProgramError } from '@sentence-mtl/core';
import { gradientRules } from './gradients/gradient-rules.ts';
import type { OperationName } from './operation.ts';
import { add } from './ops/elementwise.ts';
import { scalar } from './ops/operand.ts';
import { broadcastTo } from './ops/shape.ts';
import { schedule } from './schedule.ts';
import { formatShape, shapesEqual } from './shape.ts';
import type { Node, NodeOf, Value } from './value.ts';

function operandGradients<K extends OperationName>(upstream: Value, node: NodeOf<K>): readonly (Value | undefined)[] {
  const rule = gradientRules[node.op];
  if (typeof rule === 'function') return rule(upstream, node);
  throw new ProgramError(`${node.op} has no gradient: ${rule.none}; stopGradient before it says that none is wanted`);
}

/** The values that depend on one of `wrt`: all that a gradient has to pass through. */
function dependentsOf(wrt: readonly Value[], order: readonly NodeOf<OperationName>[]): Set<Value> {
  const dependents = new Set<Value>(wrt);
  for (const node of order) {
    if (node.inputs.some((x) => dependents.has(x))) for (const y of node.outputs) dependents.add(y);
  }
  return dependents;
}

function checkScalar(loss: Value): void {
  if (loss.dtype === 'float32' && loss.shape.length === 0) return;
  throw new ProgramError(
    `the gradient is taken of a float32 scalar, not of ${loss.dtype} ${formatShape(loss.shape)}; reduce it by sum or mean`,
  );
}

function checkShape(gradient: Value, x: Value, op: string): void {
  if (shapesEqual(gradient.shape, x.shape)) return;
  throw new ProgramError(
    `the gradient rule of ${op} gave ${formatShape(gradient.shape)} for an operand ${formatShape(x.shape)}`,
  );
}

/** Residuals are kept for the backward pass; a loss computed from one would have its gradient lost without a word. */
function checkResiduals(node: Node, residuals: readonly Value[], upstreams: ReadonlyMap<Value, Value>): void {
  const used = residuals.find((residual) => upstreams.has(residual));
  if (used === undefined) return;
  throw new ProgramError(
    `the loss depends on residual ${used.index} of ${node.op}, which has no gradient; compute it by operations of its own`,
  );
}

/**
 * The gradient of a scalar with respect to any values it was computed from, inputs or intermediates, by reverse
 * mode. Only what lies between `wrt` and the loss is differentiated: what is frozen costs nothing. A value the loss
 * does not depend on has a gradient of zeros.
 *
 * @throws ProgramError when the loss is no scalar, or an operation on the way has no gradient
 */
export function gradient(loss: Value, wrt: readonly Value[]): Value<'float32'>[] {
  checkScalar(loss);
  const order = schedule([loss]);
  const dependents = dependentsOf(wrt, order);
  const upstreams = new Map<Value, Value>([[loss, scalar(1, 'float32')]]);
  for (const node of order.toReversed()) {
    const [value, ...residuals] = node.outputs;
    checkResiduals(node, residuals, upstreams);
    const upstream = value === undefined ? undefined : upstreams.get(value);
    if (upstream === undefined || !node.inputs.some((x) => dependents.has(x) && x.dtype === 'float32')) continue;
    for (const [index, partial] of operandGradients(upstream, node).entries()) {
      const x = node.inputs[index];
      if (partial === undefined || x === undefined || !dependents.has(x)) continue;
      checkShape(partial, x, node.op);
      const soFar = upstreams.get(x);
      upstreams.set(x, soFar === undefined ? partial : add(soFar, partial));
    }
  }
  return wrt.map((x) => (upstreams.get(x) ?? broadcastTo(scalar(0, 'float32'), x.shape)) as Value<'float32'>);
}
