import { cosent, cosineSimilarity, dotProduct, type BatchLoss } from '@sentence-mtl/losses';
import { normalize } from '@sentence-mtl/pooling';
import { abs, add, dimensionAt, pad, slice, sub, type Value } from '@sentence-mtl/program';

/** The first and the second half of unit vectors, (B, ⌈D/2⌉) each; an odd width is padded with one zero. */
function halves(x: Value): [first: Value, second: Value] {
  const width = dimensionAt(x.shape, 1);
  if (typeof width !== 'number')
    throw new TypeError(`angleSimilarity: the width ${width} of an embedding must be a number`);
  const half = Math.ceil(width / 2);
  const unit = pad(normalize(x), 1, 0, 2 * half - width);
  return [slice(unit, 1, 0, half), slice(unit, 1, half, 2 * half)];
}

/** |cos + sin| of embeddings seen as complex vectors: dimension i pairs with i + D/2 (Li and Li 2024). */
function angleSimilarity(x: Value, y: Value): Value {
  const [realX, imaginaryX] = halves(x);
  const [realY, imaginaryY] = halves(y);
  const sine = sub(dotProduct(imaginaryX, realY), dotProduct(realX, imaginaryY));
  return abs(add(cosineSimilarity(x, y), sine));
}

/** CoSENT with the angle similarity. */
export const angle = (x: Value, y: Value, labels: Value, scale: number): BatchLoss =>
  cosent(angleSimilarity(x, y), labels, scale);
