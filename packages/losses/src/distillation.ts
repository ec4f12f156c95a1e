// Learning a teacher's scores; a row in which one of them is NaN is missing.
import { concat, div, expandDims, logSoftmax, mul, slice, softmax, sub, sum, type Value } from '@sentence-mtl/program';
import { knownRows } from './known-labels.ts';
import { rowLosses, type RowLosses } from './loss.ts';
import { meanSquaredError } from './regression.ts';
import { dotProduct } from './similarity.ts';

/** `T²·KL(softmax(teacher / T) ‖ softmax(student / T))` of each row (Hinton et al. 2015); both (B, L). */
export function klDistillation(student: Value, teacher: Value, temperature: number): RowLosses {
  const { present, labels } = knownRows(teacher);
  const expected = div(labels, temperature);
  const surprise = sub(logSoftmax(expected), logSoftmax(div(student, temperature)));
  return rowLosses(mul(sum(mul(softmax(expected), surprise), -1), temperature ** 2), present);
}

/** Dot products of a query with each candidate: (B, candidates). */
function scores(query: Value, candidates: readonly Value[]): Value {
  return concat(
    candidates.map((candidate) => expandDims(dotProduct(query, candidate), 1)),
    1,
  );
}

/**
 * The divergence of a query's scores over candidates from the teacher's, (B, candidates): sentence-transformers'
 * `DistillKLDivLoss` (Lin et al. 2020).
 */
export const rankingDistillation = (
  query: Value,
  candidates: readonly Value[],
  teacher: Value,
  temperature: number,
): RowLosses => klDistillation(scores(query, candidates), teacher, temperature);

/**
 * Squared error of score(positive) − score(negative) against margins (B, negatives): sentence-transformers'
 * `MarginMSELoss` (Hofstätter et al. 2020).
 */
export const marginMeanSquaredError = (
  query: Value,
  positive: Value,
  negatives: readonly Value[],
  margins: Value,
): RowLosses => meanSquaredError(sub(scores(query, [positive]), scores(query, negatives)), margins);

/** A teacher's scores (B, 1 + negatives), the positive's first, as margins (B, negatives). */
export const marginsOfScores = (teacher: Value, negatives: number): Value =>
  sub(slice(teacher, 1, 0, 1), slice(teacher, 1, 1, 1 + negatives));
