import { setImmediate } from 'node:timers/promises';
import { ArgumentError, int32Tensor, type HostTensor, type TokenBatch } from '@sentence-mtl/core';
import type { Fetches, ProgramOutputs } from '@sentence-mtl/program';
import { batchesByLength, type BatchLimit, type Encoding } from '@sentence-mtl/tokenizer';
import type { BatchOptions, EncodingProgress } from './encode-options.ts';
import type { EncodingRun } from './encoding-run.ts';
import { columnName } from './sentence-inputs.ts';
import type { SentenceTokenizer } from './sentence-tokenizer.ts';

/** Tokens of a batch unless told otherwise: more are no faster, pad more and take more memory (`bench encode --tokens`). */
const USUAL_TOKENS = 1024;

/** Texts that are tokenised before the event loop turns. */
const CHUNK_TEXTS = 512;

/** A batch that has been run. */
export interface EncodedBatch<O extends ProgramOutputs> {
  /** The place of each row among the texts. */
  readonly rows: readonly number[];
  /** The tokens of each column. */
  readonly tokens: readonly TokenBatch[];
  readonly outputs: Fetches<O>;
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
    encodings.push(...tokenizer.encode(texts.slice(start, start + CHUNK_TEXTS), prompt));
    await takeTurn(signal);
  }
  return encodings;
}

function feedsOf(columns: readonly TokenBatch[]): Readonly<Record<string, HostTensor>> {
  const named = columns.flatMap((tokens, column) =>
    Object.entries(tokens).map(([name, tensor]: [string, HostTensor]) => [columnName(name, column), tensor] as const),
  );
  return Object.fromEntries(named);
}

/** How long each row is over all columns. */
function rowLengths(columns: readonly (readonly Encoding[])[]): readonly number[] {
  const [first = []] = columns;
  return first.map((_, row) => columns.reduce((length, encodings) => length + (encodings[row]?.ids.length ?? 0), 0));
}

/**
 * Runs texts batch by batch, the longest first, so that little is padded and the first batch needs most memory.
 *
 * @param columns the texts of all rows: one column, or one for each text of a pair
 * @throws the signal's reason, once the batch in hand is done
 */
export async function* encodeBatches<O extends ProgramOutputs>(
  { executable, parameters, takesPromptLength }: EncodingRun<O>,
  tokenizer: SentenceTokenizer,
  columns: readonly (readonly string[])[],
  prompt: string,
  options: BatchOptions,
): AsyncGenerator<EncodedBatch<O>, void, undefined> {
  const { signal } = options;
  signal?.throwIfAborted();
  const limit = batchLimit(options);
  const encodings: (readonly Encoding[])[] = [];
  for (const texts of columns) encodings.push(await tokenize(tokenizer, texts, prompt, signal));
  const lengths = rowLengths(encodings);
  const { batches, paddingFraction } = batchesByLength(lengths, limit);
  const promptLength = prompt === '' ? 0 : tokenizer.promptLength(prompt);
  const fixed = {
    ...Object.fromEntries(parameters),
    ...(takesPromptLength && { promptLength: int32Tensor([promptLength], []) }),
  };
  let done = 0;
  for (const rows of batches) {
    const tokens = encodings.map((column) => tokenizer.pad(rows.flatMap((row) => column[row] ?? [])));
    const outputs = await executable.run({ ...feedsOf(tokens), ...fixed });
    done += rows.length;
    yield { rows, tokens, outputs, progress: { done, total: lengths.length, paddingFraction } };
    await takeTurn(signal);
  }
}
