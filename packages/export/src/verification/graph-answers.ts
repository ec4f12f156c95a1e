import { ArgumentError, type HostTensor, type TokenBatch } from '@sentence-mtl/core';
import { sentenceTokenizer, type SentenceModelConfig } from '@sentence-mtl/model';
import { batchesByLength } from '@sentence-mtl/tokenizer';
import { graphInputs } from '../graph-names.ts';

/** Numbers of all rows, row-major. */
export interface Matrix {
  readonly columns: number;
  readonly data: Float32Array;
}

/** What something that takes the tokens of a graph says of texts. */
export interface GraphAnswers {
  readonly rows: number;
  /** @throws ArgumentError for one that was not asked for */
  output(name: string): Matrix;
}

/** A graph, or a program with the inputs and outputs of one. */
export type RunGraph = (
  feeds: Readonly<Record<string, HostTensor>>,
  outputs: readonly string[],
) => Promise<Readonly<Record<string, HostTensor>>>;

export interface AnswerOptions {
  /** Most tokens, padding included, that are run together. Default: as the model encodes. */
  readonly tokenBudget?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of texts done. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

const USUAL_TOKENS = 1024;

/** The fields of a token batch, in the order of a graph's inputs. */
const FIELDS = ['inputIds', 'attentionMask', 'tokenTypeIds'] as const satisfies readonly (keyof TokenBatch)[];

function feedsOf(config: SentenceModelConfig, batch: TokenBatch): Readonly<Record<string, HostTensor>> {
  const named = graphInputs(config).map((name, index) => {
    const tensor = batch[FIELDS[index] ?? 'inputIds'];
    if (tensor !== undefined) return [name, tensor] as const;
    return [name, { ...batch.inputIds, data: new Int32Array(batch.inputIds.data.length) }] as const;
  });
  return Object.fromEntries(named);
}

class CollectedAnswers implements GraphAnswers {
  readonly rows: number;
  readonly #outputs = new Map<string, Matrix>();

  constructor(rows: number) {
    this.rows = rows;
  }

  put(name: string, { shape, data }: HostTensor, places: readonly number[]): void {
    const columns = shape.at(-1) ?? 0;
    const matrix = this.#outputs.get(name) ?? { columns, data: new Float32Array(this.rows * columns) };
    this.#outputs.set(name, matrix);
    for (const [row, place] of places.entries()) {
      matrix.data.set(data.subarray(row * columns, (row + 1) * columns), place * columns);
    }
  }

  output(name: string): Matrix {
    const found = this.#outputs.get(name);
    if (found !== undefined) return found;
    throw new ArgumentError(
      `there are no answers of "${name}"; there are those of ${[...this.#outputs.keys()].join(', ')}`,
    );
  }
}

/**
 * The outputs (batch_size, L) of a graph for texts, in the order of the texts, which run in batches of like length.
 *
 * @throws the signal's reason, where it aborts
 */
export async function answersOf(
  run: RunGraph,
  config: SentenceModelConfig,
  texts: readonly string[],
  outputs: readonly string[],
  { tokenBudget = USUAL_TOKENS, signal, onProgress }: AnswerOptions = {},
): Promise<GraphAnswers> {
  const tokenizer = sentenceTokenizer(config);
  const encodings = tokenizer.encode(texts);
  const { batches } = batchesByLength(
    encodings.map(({ ids }) => ids.length),
    { tokenBudget },
  );
  const answers = new CollectedAnswers(texts.length);
  let done = 0;
  for (const places of batches) {
    signal?.throwIfAborted();
    const batch = tokenizer.pad(places.flatMap((place) => encodings[place] ?? []));
    const results = await run(feedsOf(config, batch), outputs);
    for (const name of outputs) {
      const tensor = results[name];
      if (tensor !== undefined) answers.put(name, tensor, places);
    }
    done += places.length;
    onProgress?.(done);
  }
  return answers;
}
