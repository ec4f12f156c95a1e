// The names that other runtimes know these values by: those of transformers, of sentence-transformers, and our own for what
// neither has.
import type { SentenceModelConfig } from '@sentence-mtl/model';

/** Axes whose size is known when a graph runs. */
export const BATCH = 'batch_size';
export const SEQUENCE = 'sequence_length';

/** (batch_size, E) */
export const EMBEDDING_OUTPUT = 'sentence_embedding';

/** The output with what the head of a task gives. Numbers are in the units of their targets. */
export const logitsOutput = (task: string): string => `logits_${task}`;

/** The output with the same between 0 and 1: softmax for one label of several, sigmoid for tags. */
export const probabilitiesOutput = (task: string): string => `probabilities_${task}`;

/** The inputs of a graph, int64 (batch_size, sequence_length), in the order of transformers. */
export function graphInputs({ encoder }: SentenceModelConfig): readonly string[] {
  return ['input_ids', 'attention_mask', ...(encoder.tokenTypeCount > 1 ? ['token_type_ids'] : [])];
}
