// Learning a teacher's scores.
import {
  concat,
  div,
  expandDims,
  logSoftmax,
  mean,
  mul,
  slice,
  softmax,
  sub,
  sum,
  type Value,
} from '@sentence-mtl/program';
import { meanSquaredError } from './regression.ts';
import { dotOf } from './similarity.ts';

/** `T²·KL(softmax(teacher / T) ‖ softmax(student / T))`, mean over the rows (Hinton et al. 2015); both (B, L). */
export function klDistillation(student: Value, teacher: Value, temperature: number): Value {
  const expected = div(teacher, temperature);
  const surprise = sub(logSoftmax(expected), logSoftmax(div(student, temperature)));
  return mul(mean(sum(mul(softmax(expected), surprise), -1)), temperature ** 2);
}

/** Dot products of a query with each candidate: (B, candidates). */
function scores(query: Value, candidates: readonly Value[]): Value {
  return concat(
    candidates.map((candidate) => expandDims(dotOf(query, candidate), 1)),
    1,
  );
}

/** The divergence of a query's scores over candidates from the teacher's, (B, candidates) (Lin et al. 2020). */
export const rankingDistillation = (
  query: Value,
  candidates: readonly Value[],
  teacher: Value,
  temperature: number,
): Value => klDistillation(scores(query, candidates), teacher, temperature);

/** Squared error of score(positive) − score(negative) against margins (B, negatives) (Hofstätter et al. 2020). */
export function marginMeanSquaredError(
  query: Value,
  positive: Value,
  negatives: readonly Value[],
  margins: Value,
): Value {
  return meanSquaredError(sub(scores(query, [positive]), scores(query, negatives)), margins);
}

/** A teacher's scores (B, 1 + negatives), the positive's first, as margins (B, negatives). */
export const marginsOfScores = (teacher: Value, negatives: number): Value =>
  sub(slice(teacher, 1, 0, 1), slice(teacher, 1, 1, 1 + negatives));
