// What `SentenceEncoder.encode` does: checks, batches, rows back in the order of the texts, and what follows.
import { ArgumentError, MemoryLimitError } from '@sentence-mtl/core';
import type { Embeddings, TokenEmbeddings } from './embeddings.ts';
import type { ProgramOutputs, Value } from '@sentence-mtl/program';
import { encodeBatches, type EncodedBatch } from './encode-batches.ts';
import { checkTruncation, precisionOf, type EncodeOptions } from './encode-options.ts';
import type { EncodingRun } from './encoding-run.ts';
import { finishEmbeddings } from './finish-embeddings.ts';
import { promptOf } from './prompt.ts';
import { embeddingDimension, type SentenceModelConfig } from './sentence-model.ts';
import type { SentenceTokenizer } from './sentence-tokenizer.ts';
import { tokenRows } from './token-rows.ts';

/** What a program that encodes gives. */
export interface EncodingOutputs extends ProgramOutputs {
  /** (B, E), or (B, T, D) for tokens. */
  readonly embedding: Value<'float32'>;
}

type EncodedTexts = EncodedBatch<EncodingOutputs>;

/** What texts are encoded with. */
export interface EncodingContext {
  readonly config: SentenceModelConfig;
  readonly tokenizer: SentenceTokenizer;
  /** Gives `work` the compiled program; it is asked for once the options have been found sound. */
  readonly use: (
    work: (run: EncodingRun<EncodingOutputs>) => AsyncIterable<EncodedTexts>,
  ) => AsyncIterable<EncodedTexts>;
}

async function* batches(
  { config, tokenizer, use }: EncodingContext,
  texts: readonly string[],
  options: EncodeOptions,
): AsyncGenerator<EncodedTexts, void, undefined> {
  const prompt = promptOf(config.prompts, options);
  for await (const batch of use((run) => encodeBatches(run, tokenizer, [texts], prompt, options))) {
    yield batch;
    options.onProgress?.(batch.progress);
  }
}

function memoryFor(rows: number, dimension: number): Float32Array {
  try {
    return new Float32Array(rows * dimension);
  } catch (cause) {
    const gigabytes = Math.ceil((rows * dimension * 4) / 1e9);
    const message = `the embeddings of ${rows} texts need ${gigabytes} GB in one piece, which cannot be had; use encodeStream`;
    throw new MemoryLimitError(message, { cause });
  }
}

/** A row for each text, in the order of the texts. @throws MemoryLimitError where they do not fit into memory */
export async function encodeSentences(
  context: EncodingContext,
  texts: readonly string[],
  options: EncodeOptions,
): Promise<Embeddings> {
  const { config } = context;
  const dimension = embeddingDimension(config);
  precisionOf(options.precision);
  checkTruncation(options.truncateDimension, dimension);
  const data = memoryFor(texts.length, dimension);
  for await (const { rows, outputs } of batches(context, texts, options)) {
    const { embedding } = outputs;
    for (const [index, row] of rows.entries()) {
      data.set(embedding.data.subarray(index * dimension, (index + 1) * dimension), row * dimension);
    }
  }
  const raw = { precision: 'float32', shape: [texts.length, dimension], data } as const;
  return finishEmbeddings(raw, config.normalize, options);
}

/** The vectors of each text's tokens, in the order of the texts. */
export async function encodeTokens(
  context: EncodingContext,
  texts: readonly string[],
  options: EncodeOptions,
): Promise<readonly TokenEmbeddings[]> {
  const { normalize, truncateDimension, precision } = options;
  if (normalize === true || truncateDimension !== undefined || precisionOf(precision) !== 'float32') {
    throw new ArgumentError(
      'normalize, truncateDimension and precision are for sentence embeddings; leave them out for tokens',
    );
  }
  const tokens: TokenEmbeddings[] = [];
  for await (const { rows, outputs, tokens: columns } of batches(context, texts, options)) {
    const vectors = columns.flatMap(({ attentionMask }) => tokenRows({ attentionMask, ...outputs }));
    for (const [index, each] of vectors.entries()) tokens[rows[index] ?? 0] = each;
  }
  return tokens;
}
