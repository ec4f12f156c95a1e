// The file in ONNX Runtime alone: what its inputs and outputs are, and that they take batches and lengths of any size.
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, expect, test } from 'vitest';
import type { Numbers } from './engine-answers.test.support.ts';
import { expectOutputs } from './numbers.test.support.ts';
import { writtenModels, type WrittenModels } from './written-models.test.support.ts';

let written: WrittenModels;
beforeAll(async () => {
  written = await writtenModels(['nano-bert']);
});

const numbers = ({ dims, data }: Tensor): Numbers => ({ dims, data: Array.from(data as Float32Array) });

test('inputs and outputs have the names that others know, and dynamic axes', async () => {
  const { inputMetadata, outputMetadata } = await InferenceSession.create(
    join(written.root, 'nano-bert/onnx/model.onnx'),
  );
  const int64 = { isTensor: true, type: 'int64', shape: ['batch_size', 'sequence_length'] };
  const float32 = (...shape: readonly (string | number)[]): object => ({ isTensor: true, type: 'float32', shape });
  const named = (values: typeof inputMetadata): object =>
    Object.fromEntries(values.map(({ name, ...each }) => [name, each]));
  expect(named(inputMetadata)).toEqual({ input_ids: int64, attention_mask: int64, token_type_ids: int64 });
  expect(named(outputMetadata)).toEqual({
    last_hidden_state: float32('batch_size', 'sequence_length', 16),
    sentence_embedding: float32('batch_size', 16),
    logits_intent: float32('batch_size', 3),
    probabilities_intent: float32('batch_size', 3),
    logits_mood: float32('batch_size', 2),
    probabilities_mood: float32('batch_size', 2),
    logits_size: float32('batch_size', 1),
  });
});

test('int64 tokens give what our engine gives, in one batch or text by text, padded or not', async () => {
  const answers = written.answersFor('nano-bert');
  const session = await InferenceSession.create(join(written.root, 'nano-bert/onnx/model.onnx'));
  const {
    dims: [rows = 0, width = 0],
    data: ids,
  } = answers.outputs['input_ids'] ?? expect.unreachable('it has tokens');
  const run = async (tokens: readonly number[], shape: readonly number[]): Promise<Record<string, Numbers>> => {
    const int64 = (valueOf: (id: number) => number): Tensor =>
      new Tensor(
        'int64',
        BigInt64Array.from(tokens, (id) => BigInt(valueOf(id))),
        shape,
      );
    const feeds = {
      input_ids: int64((id) => id),
      attention_mask: int64((id) => Math.min(id, 1)),
      token_type_ids: int64(() => 0),
    };
    const outputs = Object.entries(await session.run(feeds));
    return Object.fromEntries(outputs.map(([name, tensor]) => [name, numbers(tensor)]));
  };
  expectOutputs(await run(ids, [rows, width]), answers);
  const singly: Record<string, Numbers>[] = [];
  for (let row = 0; row < rows; row++) {
    const tokens = ids.slice(row * width, (row + 1) * width).filter((id) => id !== 0);
    singly.push(await run(tokens, [1, tokens.length]));
  }
  const { last_hidden_state: _, ...names } = singly[0] ?? {};
  const joined = Object.keys(names).map((name): [string, Numbers] => {
    const parts = singly.map((outputs) => outputs[name] ?? expect.unreachable(name));
    return [name, { dims: [rows, parts[0]?.dims[1] ?? 0], data: parts.flatMap(({ data }) => data) }];
  });
  expectOutputs(Object.fromEntries(joined), answers);
});
