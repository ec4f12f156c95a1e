import { float32Tensor, int32Tensor, Random } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { constant, defineProgram, dropoutKey, float32, int32, type Value } from '@sentence-mtl/program';
import { afterAll, describe, expect, it } from 'vitest';
import { encode, encodeLayers } from './encode.ts';
import { initialParameters } from './initial-parameters.ts';
import { parseEncoderConfig } from './parse-encoder-config.ts';

const config = parseEncoderConfig({
  model_type: 'mpnet',
  vocab_size: 50,
  hidden_size: 16,
  num_attention_heads: 2,
  num_hidden_layers: 3,
  intermediate_size: 32,
  max_position_embeddings: 20,
  hidden_dropout_prob: 0.2,
});
const initial = initialParameters({ ...config, initializerRange: 0.2 }, Random.of(7));
const parameters = (path: string): Value =>
  constant(initial.get(path) ?? expect.unreachable(`no parameter ${path}`), path);

const engine = await onnxruntimeEngine();
afterAll(() => engine.dispose());

const TOKENS = { inputIds: int32('batch', 'sequence'), attentionMask: int32('batch', 'sequence') };

async function encodeIds(ids: readonly (readonly number[])[]): Promise<Float32Array> {
  const program = defineProgram(TOKENS, (tokens) => ({
    states: encode(config, tokens, { parameters }).tokenEmbeddings,
  }));
  const executable = await engine.compile(program);
  const shape = [ids.length, ids[0]?.length ?? 0];
  const { states } = await executable.run({
    inputIds: int32Tensor(ids.flat(), shape),
    attentionMask: int32Tensor(
      ids.flat().map((id) => (id === config.padTokenId ? 0 : 1)),
      shape,
    ),
  });
  await executable.dispose();
  return states.data;
}

describe('encode', () => {
  it('gives a text the same states alone, padded right, and padded left', async () => {
    const [pad, width] = [config.padTokenId, 3 * config.hiddenSize];
    const alone = await encodeIds([[5, 6, 7]]);
    const right = await encodeIds([
      [5, 6, 7, pad, pad],
      [9, 9, 9, 9, 9],
    ]);
    const left = await encodeIds([[pad, pad, 5, 6, 7]]);
    for (let i = 0; i < width; i++) {
      expect(right[i]).toBeCloseTo(alone[i] ?? Number.NaN, 5);
      expect(left[2 * config.hiddenSize + i]).toBeCloseTo(alone[i] ?? Number.NaN, 5);
    }
  });

  it('can be cut at any layer, dropout included', async () => {
    const key = dropoutKey(1, 2);
    const whole = defineProgram({ ...TOKENS, key: int32(2) }, ({ key: dropping, ...tokens }) => {
      const { hiddenStates } = encode(config, tokens, { parameters, dropoutKey: dropping });
      const [, first, , last] = hiddenStates;
      return { first: first ?? dropping, last: last ?? dropping };
    });
    const rest = defineProgram(
      { states: float32('batch*sequence', 16), attentionMask: TOKENS.attentionMask, key: int32(2) },
      ({ states, attentionMask, key: dropping }) => {
        const above = encodeLayers(config, states, attentionMask, 1, { parameters, dropoutKey: dropping });
        return { last: above.at(-1) ?? states };
      },
    );
    const attentionMask = int32Tensor([1, 1, 1, 1, 1, 0], [2, 3]);
    const feeds = { attentionMask, key: int32Tensor(key, [2]) };
    const [wholeRun, restRun] = [await engine.compile(whole), await engine.compile(rest)];
    const full = await wholeRun.run({ ...feeds, inputIds: int32Tensor([5, 6, 7, 8, 9, 1], [2, 3]) });
    const first = float32Tensor(Float32Array.from(full.first.data), [6, 16]);
    const cut = await restRun.run({ ...feeds, states: first });
    expect(cut.last.data).toEqual(full.last.data);
  });
});
