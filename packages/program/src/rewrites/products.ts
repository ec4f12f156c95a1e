import { scalarConstant } from '../ops/operand.ts';
import { linear, matMul } from '../ops/product.ts';
import { shapesEqual } from '../shape.ts';
import type { Value } from '../value.ts';
import type { RewriteRule } from './rule.ts';

/** What a transpose exchanges the last two axes of, if that is all it does. */
function matrixTransposeOf(value: Value): Value | undefined {
  const { node } = value;
  if (node.op !== 'transpose') return undefined;
  const { permutation } = node.attributes;
  const last = permutation.length - 1;
  const swapsLast = permutation.every((axis, i) => axis === (i === last ? last - 1 : i === last - 1 ? last : i));
  return swapsLast ? node.inputs[0] : undefined;
}

/** A product reads its operands transposed at no cost: the transposes go into it. */
export const transposesIntoMatMul: RewriteRule = (node) => {
  if (node.op !== 'matMul') return undefined;
  const [a, b] = node.inputs;
  if (a === undefined || b === undefined) return undefined;
  const [plainA, plainB] = [matrixTransposeOf(a), matrixTransposeOf(b)];
  if (plainA === undefined && plainB === undefined) return undefined;
  const { transposeA, transposeB, scale } = node.attributes;
  return matMul(plainA ?? a, plainB ?? b, {
    transposeA: transposeA !== (plainA !== undefined),
    transposeB: transposeB !== (plainB !== undefined),
    scale,
  });
};

/** (a × b) · c is a product with scale c. */
export const scaleIntoMatMul: RewriteRule = (node, { usedOnce }) => {
  if (node.op !== 'mul' && node.op !== 'div') return undefined;
  const [product, factor] = node.inputs;
  if (product?.node.op !== 'matMul' || factor === undefined || !usedOnce(0)) return undefined;
  const c = scalarConstant(factor);
  const [a, b] = product.node.inputs;
  if (c === undefined || a === undefined || b === undefined) return undefined;
  const { transposeA, transposeB, scale } = product.node.attributes;
  return matMul(a, b, { transposeA, transposeB, scale: node.op === 'mul' ? scale * c : scale / c });
};

/** x × weightᵀ + bias is one linear operation, which an engine computes as one Gemm. */
export const biasIntoLinear: RewriteRule = (node, { usedOnce }) => {
  if (node.op !== 'add') return undefined;
  const [product, bias] = node.inputs;
  if (product?.node.op !== 'matMul' || bias === undefined || !usedOnce(0)) return undefined;
  const [x, weight] = product.node.inputs;
  const { transposeA, transposeB, scale } = product.node.attributes;
  if (x === undefined || weight === undefined || transposeA || !transposeB || scale !== 1) return undefined;
  const fits = weight.shape.length === 2 && shapesEqual(bias.shape, weight.shape.slice(0, 1));
  return fits ? linear(x, weight, bias) : undefined;
};
