import type { OperationName } from '../operation.ts';
import { mul } from '../ops/elementwise.ts';
import { scalarConstant } from '../ops/operand.ts';
import { reshape, transpose } from '../ops/shape.ts';
import { broadcastShapes, shapesEqual } from '../shape.ts';
import { reapply } from '../reapply.ts';
import type { Value } from '../value.ts';
import type { RewriteRule } from './rule.ts';

const NEUTRAL = { add: 0, sub: 0, mul: 1, div: 1 } as const;

/** x + 0, x − 0, x · 1, x / 1 and 0 + x, 1 · x are x. */
export const dropNeutralOperand: RewriteRule = (node) => {
  if (node.op !== 'add' && node.op !== 'sub' && node.op !== 'mul' && node.op !== 'div') return undefined;
  const [a, b] = node.inputs;
  const [value] = node.outputs;
  if (a === undefined || b === undefined || value === undefined) return undefined;
  const neutral = NEUTRAL[node.op];
  if (scalarConstant(b) === neutral && shapesEqual(a.shape, value.shape)) return a;
  const commutes = node.op === 'add' || node.op === 'mul';
  return commutes && scalarConstant(a) === neutral && shapesEqual(b.shape, value.shape) ? b : undefined;
};

/** The graph is whole: nothing is left for stopGradient to stop. */
export const dropStopGradient: RewriteRule = (node) => (node.op === 'stopGradient' ? node.inputs[0] : undefined);

/** Of two reshapes in a row the last one counts. */
export const mergeReshapes: RewriteRule = (node) => {
  if (node.op !== 'reshape') return undefined;
  const [x] = node.inputs;
  const [original] = x?.node.op === 'reshape' ? x.node.inputs : [];
  return original === undefined ? undefined : reshape(original, node.attributes.shape);
};

/** Two transposes in a row are one, or none. */
export const mergeTransposes: RewriteRule = (node) => {
  if (node.op !== 'transpose') return undefined;
  const inner = node.inputs[0]?.node;
  const original = inner?.op === 'transpose' ? inner.inputs[0] : undefined;
  if (inner?.op !== 'transpose' || original === undefined) return undefined;
  const permutation = node.attributes.permutation.map((axis) => inner.attributes.permutation[axis] ?? axis);
  return permutation.every((axis, i) => axis === i) ? original : transpose(original, permutation);
};

/** −(−x) is x. */
export const dropDoubleNegation: RewriteRule = (node) => {
  const inner = node.op === 'neg' ? node.inputs[0]?.node : undefined;
  return inner?.op === 'neg' ? inner.inputs[0] : undefined;
};

/** (x · c) · d is x · (c·d) for scalar constants, whose product is rounded once to float32. */
export const mergeScales: RewriteRule = (node, { usedOnce }) => {
  if (node.op !== 'mul' || node.outputs[0]?.dtype !== 'float32' || !usedOnce(0)) return undefined;
  const [scaled, factor] = node.inputs;
  const [x, innerFactor] = scaled?.node.op === 'mul' ? scaled.node.inputs : [];
  if (x === undefined || innerFactor === undefined || factor === undefined) return undefined;
  const [c, d] = [scalarConstant(innerFactor), scalarConstant(factor)];
  return c === undefined || d === undefined ? undefined : mul(x, Math.fround(c * d));
};

const BROADCASTING: ReadonlySet<OperationName> = new Set<OperationName>([
  'add',
  'sub',
  'mul',
  'div',
  'maximum',
  'minimum',
  'equal',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalOr',
]);

function unstretched(x: Value): Value | undefined {
  return x.node.op === 'broadcastTo' ? x.node.inputs[0] : undefined;
}

/** An operand need not be stretched before an operation that broadcasts it to the same shape by itself. */
export const dropBroadcast: RewriteRule = (node) => {
  if (!BROADCASTING.has(node.op)) return undefined;
  const [a, b] = node.inputs;
  const [value] = node.outputs;
  if (a === undefined || b === undefined || value === undefined) return undefined;
  const replaceable = (x: Value, other: Value): Value | undefined => {
    const small = unstretched(x);
    return small !== undefined && shapesEqual(broadcastShapes(small.shape, other.shape), value.shape)
      ? small
      : undefined;
  };
  const left = replaceable(a, b) ?? a;
  const right = replaceable(b, left) ?? b;
  if (left === a && right === b) return undefined;
  return reapply(node, [left, right]);
};
