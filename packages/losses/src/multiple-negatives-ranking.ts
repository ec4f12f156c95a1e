// The other rows of a batch serve as negatives: query i should be nearest to document i of all.
import {
  add,
  concat,
  div,
  expandDims,
  logSumExp,
  logicalAnd,
  logicalNot,
  logicalOr,
  mul,
  sub,
  sum,
  transpose,
  where,
  type Value,
} from '@sentence-mtl/program';
import { diagonal } from './distance.ts';
import { lossValue, rowLosses, type BatchLoss } from './loss.ts';
import { cosineSimilarities, type PairSimilarities } from './similarity.ts';

/** Which similarities compete with a pair's own: of what to what. */
export type RankingDirection = 'query_to_doc' | 'query_to_query' | 'doc_to_query' | 'doc_to_doc';

export interface MultipleNegativesOptions {
  /** What similarities are multiplied by; 20 by default. */
  readonly scale?: number;
  /** The cosine by default. */
  readonly similarity?: PairSimilarities;
  /** `['query_to_doc']` by default. */
  readonly directions?: readonly RankingDirection[];
  /** One softmax over all directions (the default), or the mean of one each. */
  readonly partition?: 'joint' | 'per_direction';
  /** Bool (B): rows that are not present are neither queries nor anyone's negatives. Left out, all are. */
  readonly present?: Value | undefined;
}

const meanOf = (values: readonly Value<'float32'>[]): Value<'float32'> =>
  div(
    values.reduce((a, b) => add(a, b)),
    values.length,
  );

/** Scaled similarities of each query with what competes, (B, candidates), those that do not compete −∞. */
function competing(
  queries: Value,
  documents: readonly [Value, ...Value[]],
  options: MultipleNegativesOptions,
): readonly Value<'float32'>[] {
  const { scale = 20, similarity = cosineSimilarities, directions = ['query_to_doc'], present } = options;
  const [positives] = documents;
  const all = concat(documents, 0); // (documents·B, D)
  const none = present === undefined ? undefined : hidden(present);
  const own = diagonal(queries); // (B, B)
  const mask = (matrix: Value<'float32'>, pairs: Value | undefined, blocks: number): Value<'float32'> =>
    pairs === undefined ? matrix : where<'float32'>(repeated(pairs, blocks), -Infinity, matrix);
  const withOwn = none === undefined ? own : logicalOr(own, none);
  const matrices: Record<RankingDirection, () => Value<'float32'>> = {
    query_to_doc: () => mask(similarity(queries, all), none, documents.length),
    query_to_query: () => mask(similarity(queries, queries), withOwn, 1),
    doc_to_query: () => mask(transpose(similarity(queries, positives)), none, 1),
    doc_to_doc: () => mask(transpose(similarity(all, positives)), withOwn, documents.length),
  };
  return directions.map((direction) => mul<'float32'>(matrices[direction](), scale));
}

/** Pairs (i, j) of a present row with one that is not: (B, B). A row that is not present sees all, so as to stay finite. */
function hidden(present: Value): Value<'bool'> {
  return logicalAnd(expandDims(present, 1), logicalNot(expandDims(present, 0)));
}

const repeated = (pairs: Value, blocks: number): Value =>
  blocks === 1
    ? pairs
    : concat(
        Array.from({ length: blocks }, () => pairs),
        1,
      );

/**
 * `−s_ii + log Σ exp(s)`, mean over the queries (van den Oord et al. 2018; sentence-transformers'
 * `MultipleNegativesRankingLoss`, and SimCSE with two views of the same texts): s is a scaled similarity.
 *
 * @param queries (B, D)
 * @param documents one list of positives and any number of lists of hard negatives, each (B, D)
 */
export function multipleNegativesRanking(
  queries: Value,
  documents: readonly [Value, ...Value[]],
  options: MultipleNegativesOptions = {},
): BatchLoss {
  const { scale = 20, similarity = cosineSimilarities, partition = 'joint' } = options;
  const scores = competing(queries, documents, options);
  const logPartition =
    partition === 'joint' ? logSumExp(concat(scores, 1), -1) : meanOf(scores.map((s) => logSumExp(s, -1)));
  const own = diagonal(queries);
  const positiveScores = sum(where<'float32'>(own, mul<'float32'>(similarity(queries, documents[0]), scale), 0), -1);
  const losses = sub<'float32'>(logPartition, positiveScores); // (B)
  return { scope: 'batch', value: lossValue(rowLosses(losses, options.present)) };
}
