import { setImmediate } from 'node:timers/promises';
import { ArgumentError, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { batchesByLength, type BatchLimit, type Encoding } from '@sentence-mtl/tokenizer';
import type { BatchOptions, EncodingProgress } from './encode-options.ts';
import type { EncodingRun } from './encoding-programs.ts';
import type { SentenceTokenizer } from './sentence-tokenizer.ts';

/** Tokens of a batch unless told otherwise: more are no faster, pad more and take more memory (`bench encode --tokens`). */
const USUAL_TOKENS = 1024;

/** Texts that are tokenised before the event loop turns. */
const CHUNK_TEXTS = 512;

/** A batch that has been encoded. */
export interface EncodedBatch {
  /** The place of each row among the texts. */
  readonly rows: readonly number[];
  /** Tokens of each row. */
  readonly attentionMask: HostTensor<'int32'>;
  /** (B, E), or (B, T, D) for tokens. */
  readonly embedding: HostTensor<'float32'>;
  readonly progress: EncodingProgress;
}

function batchLimit({ batchSize, tokenBudget }: BatchOptions): BatchLimit {
  if (batchSize !== undefined && tokenBudget !== undefined) {
    throw new ArgumentError('batchSize and tokenBudget are both given; one of them limits a batch');
  }
  return batchSize === undefined ? { tokenBudget: tokenBudget ?? USUAL_TOKENS } : { batchSize };
}

/** Timers and other work of the process get their turn; a signal is seen. */
async function takeTurn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

async function tokenize(
  tokenizer: SentenceTokenizer,
  texts: readonly string[],
  prompt: string,
  signal: AbortSignal | undefined,
): Promise<readonly Encoding[]> {
  const encodings: Encoding[] = [];
  for (let start = 0; start < texts.length; start += CHUNK_TEXTS) {
    const chunk = texts.slice(start, start + CHUNK_TEXTS);
    encodings.push(...tokenizer.encode(prompt === '' ? chunk : chunk.map((text) => prompt + text)));
    await takeTurn(signal);
  }
  return encodings;
}

/**
 * Encodes texts batch by batch, the longest first, so that little is padded and the first batch needs most memory.
 *
 * @throws the signal's reason, once the batch in hand is done
 */
export async function* encodeBatches(
  { executable, parameters, takesPromptLength }: EncodingRun,
  tokenizer: SentenceTokenizer,
  texts: readonly string[],
  prompt: string,
  options: BatchOptions,
): AsyncGenerator<EncodedBatch, void, undefined> {
  const { signal } = options;
  signal?.throwIfAborted();
  const limit = batchLimit(options);
  const encodings = await tokenize(tokenizer, texts, prompt, signal);
  const { batches, paddingFraction } = batchesByLength(
    encodings.map(({ ids }) => ids.length),
    limit,
  );
  const promptLength = prompt === '' ? 0 : tokenizer.promptLength(prompt);
  const fixed = {
    ...Object.fromEntries(parameters),
    ...(takesPromptLength && { promptLength: int32Tensor([promptLength], []) }),
  };
  let done = 0;
  for (const rows of batches) {
    const tokens = tokenizer.pad(rows.flatMap((row) => encodings[row] ?? []));
    const { embedding } = await executable.run({ ...tokens, ...fixed });
    done += rows.length;
    yield {
      rows,
      attentionMask: tokens.attentionMask,
      embedding,
      progress: { done, total: texts.length, paddingFraction },
    };
    await takeTurn(signal);
  }
}
