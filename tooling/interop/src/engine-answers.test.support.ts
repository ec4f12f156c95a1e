import {
  MultiTaskModel,
  SentenceEncoder,
  sentenceTokenizer,
  type EncoderOptions,
  type TaskModel,
} from '@sentence-mtl/model';
import { TEXTS, type InteropTasks } from './interop-model.test.support.ts';

/** A tensor as it goes through JSON: of a peer, or of ours. */
export interface Numbers {
  readonly dims: readonly number[];
  readonly data: readonly number[];
}

/** What our own engine says of the texts, under the names of a graph's outputs. */
export interface Answers {
  /** Of length 1, whatever the model's own have. */
  readonly normalized: Numbers;
  /** The same of the folder's graph in int8, all texts in one batch: what is rounded depends on the batch. */
  readonly int8: Numbers;
  readonly outputs: Readonly<Record<string, Numbers>>;
  /** By task: the scores of all labels, a record for each text. */
  readonly scores: Readonly<Record<'intent' | 'mood', readonly Readonly<Record<string, number>>[]>>;
}

const rowsOf = (rows: readonly (readonly number[])[]): Numbers => ({
  dims: [rows.length, rows[0]?.length ?? 0],
  data: rows.flat(),
});

export async function int8Embeddings(folder: string, options: EncoderOptions): Promise<Numbers> {
  await using encoder = await SentenceEncoder.load(folder, { ...options, precision: 'int8' });
  const { shape, data } = await encoder.encode(TEXTS, { normalize: true, batchSize: TEXTS.length });
  return { dims: shape, data: [...data] };
}

/** But for the graph in int8, which `int8Embeddings` opens. */
export async function engineAnswers(
  data: TaskModel<InteropTasks>,
  options: EncoderOptions,
): Promise<Omit<Answers, 'int8'>> {
  await using model = new MultiTaskModel(data, options);
  const rows = await model.predict(TEXTS, { embeddings: true });
  const embeddings = await model.encoder.encode(TEXTS, { normalize: true });
  const tokenizer = sentenceTokenizer(data.config);
  const { inputIds } = tokenizer.pad(tokenizer.encode(TEXTS));
  return {
    normalized: { dims: embeddings.shape, data: [...embeddings.data] },
    outputs: {
      input_ids: { dims: inputIds.shape, data: [...inputIds.data] },
      sentence_embedding: rowsOf(rows.map(({ embedding }) => [...embedding])),
      probabilities_intent: rowsOf(rows.map(({ intent }) => Object.values(intent.scores))),
      probabilities_mood: rowsOf(rows.map(({ mood }) => Object.values(mood.scores))),
      logits_size: rowsOf(rows.map(({ size }) => [size.value])),
    },
    scores: { intent: rows.map(({ intent }) => intent.scores), mood: rows.map(({ mood }) => mood.scores) },
  };
}
