// The other rows of a batch serve as negatives: query i should be nearest to document i of all.
import { add, concat, div, logSumExp, mean, mul, sub, sum, transpose, where, type Value } from '@sentence-mtl/program';
import { diagonal } from './distance.ts';
import { cosineMatrix } from './similarity.ts';

/** Which similarities compete with a pair's own: of what to what. */
export type Direction = 'query_to_doc' | 'query_to_query' | 'doc_to_query' | 'doc_to_doc';

export interface InBatchNegativesOptions {
  readonly scale?: number;
  readonly similarity?: (x: Value, y: Value) => Value;
  readonly directions?: readonly Direction[];
  /** One softmax over all directions, or the mean of one each. */
  readonly partition?: 'joint' | 'per_direction';
}

/**
 * `−s_ii + log Σ exp(s)`, mean over the queries (van den Oord et al. 2018). Documents are one list of positives and
 * any number of lists of hard negatives, each (B, D); s is a scaled similarity.
 */
export function inBatchNegatives(
  queries: Value,
  documents: readonly [Value, ...Value[]],
  options: InBatchNegativesOptions = {},
): Value {
  const { scale = 20, similarity = cosineMatrix, directions = ['query_to_doc'], partition = 'joint' } = options;
  const [positives] = documents;
  const own = diagonal(queries); // (B, B)
  const all = concat(documents, 0); // (documents·B, D)
  const toDocuments = similarity(queries, all);
  const ownDocuments = concat(
    documents.map(() => own),
    1,
  );
  const matrices: Record<Direction, () => Value> = {
    query_to_doc: () => toDocuments,
    query_to_query: () => where(own, -Infinity, similarity(queries, queries)),
    doc_to_query: () => transpose(similarity(queries, positives)),
    doc_to_doc: () => where(ownDocuments, -Infinity, transpose(similarity(all, positives))),
  };
  const competing = directions.map((direction) => mul(matrices[direction](), scale)); // (B, candidates) each
  const logPartition =
    partition === 'joint' ? logSumExp(concat(competing, 1), -1) : meanOf(competing.map((s) => logSumExp(s, -1)));
  const positiveScores = sum(where(own, mul(similarity(queries, positives), scale), 0), -1);
  return mean(sub(logPartition, positiveScores));
}

const meanOf = (values: readonly Value[]): Value =>
  div(
    values.reduce((a, b) => add(a, b)),
    values.length,
  );

/** The same between two views of a batch at a temperature (SimCSE, Gao et al. 2021). */
export const contrastViews = (x: Value, y: Value, temperature: number): Value =>
  inBatchNegatives(x, [y], { scale: 1 / temperature });
