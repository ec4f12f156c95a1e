// How near two embeddings are: the singular compares row i with row i, (B, D) and (B, D) to (B); the plural compares
// every row with every row, (B, D) and (C, D) to (B, C).
import { normalize } from '@sentence-mtl/pooling';
import { matMul, mul, sum, type Value } from '@sentence-mtl/program';

/** Similarity of matching rows. */
export type RowSimilarity = (x: Value, y: Value) => Value<'float32'>;
/** Similarities of all pairs of rows. */
export type PairSimilarities = (x: Value, y: Value) => Value<'float32'>;

/** x · y, row by row. */
export const dotProduct: RowSimilarity = (x, y) => sum(mul(x, y) as Value<'float32'>, -1);

/** cos(x, y), row by row; 0 for a row of zeros. */
export const cosineSimilarity: RowSimilarity = (x, y) => dotProduct(normalize(x), normalize(y));

/** x · y of all pairs of rows. */
export const dotProducts: PairSimilarities = (x, y) => matMul(x, y, { transposeB: true });

/** cos(x, y) of all pairs of rows. */
export const cosineSimilarities: PairSimilarities = (x, y) => dotProducts(normalize(x), normalize(y));
