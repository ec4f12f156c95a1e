import { boolTensor, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { sentenceTokenizer, type SentenceModelConfig } from '@sentence-mtl/model';
import { writeModel, type OnnxModel } from '@sentence-mtl/onnx';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** int64 (B, T) by name, as other programs feed a graph. */
export type Feeds = Readonly<Record<string, readonly (readonly number[])[]>>;

/** Fewer lines on stderr: ONNX Runtime warns of initializers it folds away. */
const ERRORS_ONLY = 3;

function hostTensor({ type, data, dims }: Tensor): HostTensor {
  if (data instanceof Float32Array) return float32Tensor(data, dims);
  if (data instanceof Int32Array) return int32Tensor(data, dims);
  if (type === 'bool' && data instanceof Uint8Array) return boolTensor(data, dims);
  throw new Error(`an output of type ${type}`);
}

const int64 = (rows: readonly (readonly number[])[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0]?.length ?? 0]);

/** A graph in onnxruntime-node alone, from a file's bytes: nothing of ours between. */
export async function runGraph(
  graph: OnnxModel | Uint8Array | string,
  batches: readonly Feeds[],
): Promise<readonly Readonly<Record<string, HostTensor>>[]> {
  const options = { logSeverityLevel: ERRORS_ONLY } as const;
  const session =
    typeof graph === 'string'
      ? await InferenceSession.create(graph, options)
      : await InferenceSession.create(graph instanceof Uint8Array ? graph : writeModel(graph), options);
  try {
    const results: Record<string, HostTensor>[] = [];
    for (const feeds of batches) {
      const tensors = Object.entries(feeds).map(([name, rows]) => [name, int64(rows)] as const);
      const fetched: Readonly<Record<string, Tensor>> = await session.run(Object.fromEntries(tensors));
      results.push(Object.fromEntries(Object.entries(fetched).map(([name, tensor]) => [name, hostTensor(tensor)])));
    }
    return results;
  } finally {
    await session.release();
  }
}

/** What the tokenizer of a model gives for texts, as one batch. */
export function feedsOf(config: SentenceModelConfig, texts: readonly string[]): Feeds {
  const tokenizer = sentenceTokenizer(config);
  const batch = tokenizer.pad(tokenizer.encode(texts));
  const rows = ({ shape: [, width = 0], data }: HostTensor<'int32'>): readonly (readonly number[])[] =>
    texts.map((_, row) => [...data.subarray(row * width, (row + 1) * width)]);
  return {
    input_ids: rows(batch.inputIds),
    attention_mask: rows(batch.attentionMask),
    ...(batch.tokenTypeIds !== undefined && { token_type_ids: rows(batch.tokenTypeIds) }),
  };
}

/** The largest difference of numbers; infinite where there are not as many, or one is no number. */
export function largestGap(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const gap = Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN));
    largest = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.max(largest, gap);
  }
  return largest;
}
