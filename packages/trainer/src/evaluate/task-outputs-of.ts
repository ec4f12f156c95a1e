import { rankDocuments, type QueryResult, type TaskOutputs } from '@sentence-mtl/evaluation';
import type { EvaluatedEmbeddings, EvaluatedOutputs } from '@sentence-mtl/heads';

/** How far down a ranking metrics look. */
const RANKED = 100;

/** Cosines of a query with all documents. */
function cosines(
  query: number,
  { queries, documents, dimension }: EvaluatedEmbeddings,
  lengths: Float64Array,
): Float64Array {
  return Float64Array.from(lengths, (length, document) => {
    let dot = 0;
    for (let i = 0; i < dimension; i++) {
      dot += (queries[query * dimension + i] ?? 0) * (documents[document * dimension + i] ?? 0);
    }
    return length === 0 ? 0 : dot / length;
  });
}

/** Rankings of all documents by each query; only its own is what it should find. */
function rankings(outputs: EvaluatedEmbeddings): readonly QueryResult[] {
  const { dimension, documents, labels } = outputs;
  const lengths = Float64Array.from({ length: labels.length }, (_, document) => {
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += (documents[document * dimension + i] ?? 0) ** 2;
    return Math.sqrt(sum);
  });
  return Array.from({ length: labels.length }, (_, query) => ({
    ranked: rankDocuments(cosines(query, outputs, lengths), RANKED),
    relevant: new Set(Number.isNaN(labels[query]) ? [] : [query]),
  }));
}

/** What heads give, as metrics take it: embeddings become rankings. */
export function taskOutputsOf(outputs: EvaluatedOutputs): TaskOutputs {
  return outputs.kind === 'embedding' ? { kind: 'embedding', results: rankings(outputs) } : outputs;
}
