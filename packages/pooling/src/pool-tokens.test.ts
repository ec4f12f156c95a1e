import { readFileSync } from 'node:fs';
import { float32Tensor, int32Tensor, ShapeError } from '@sentence-mtl/core';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { defineProgram, float32, gradient, int32, sum, type Engine } from '@sentence-mtl/program';
import { referenceEngine } from '@sentence-mtl/reference-engine';
import { afterAll, describe, expect, it } from 'vitest';
import { poolTokens } from './pool-tokens.ts';
import type { PoolingMode } from './pooling-mode.ts';

interface Recorded {
  readonly token_embeddings: readonly (readonly (readonly number[])[])[];
  readonly attention_mask: readonly (readonly number[])[];
  readonly cases: readonly {
    readonly mode: PoolingMode | readonly PoolingMode[];
    readonly prompt_length: number | null;
    readonly rows?: readonly number[];
    readonly embedding: readonly (readonly (number | string)[])[];
  }[];
}

/** sentence-transformers' own poolings of rows padded left and right, with a hole, and wholly masked. */
const recorded = JSON.parse(readFileSync(new URL('../fixtures/pooling.json', import.meta.url), 'utf8')) as Recorded;
const TOLERANCE = 1e-6;

async function pool(
  engine: Engine,
  modes: readonly PoolingMode[],
  rows: readonly number[],
  promptLength: number | null,
): Promise<Float32Array> {
  const program = defineProgram(
    { tokens: float32('batch', 'sequence', 5), attentionMask: int32('batch', 'sequence'), promptLength: int32() },
    ({ tokens, attentionMask, promptLength: length }) => ({
      embedding: poolTokens(tokens, attentionMask, modes, promptLength === null ? {} : { promptLength: length }),
    }),
  );
  const executable = await engine.compile(program);
  const tokens = rows.flatMap((row) => recorded.token_embeddings[row]?.flat() ?? []);
  const mask = rows.flatMap((row) => recorded.attention_mask[row] ?? []);
  const { embedding } = await executable.run({
    tokens: float32Tensor(tokens, [rows.length, 7, 5]),
    attentionMask: int32Tensor(mask, [rows.length, 7]),
    promptLength: int32Tensor([promptLength ?? 0], []),
  });
  await executable.dispose();
  return embedding.data;
}

function largestDifference(actual: Float32Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((largest, value, i) => {
    const difference = value === actual[i] ? 0 : Math.abs(value - (actual[i] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(largest, difference);
  }, 0);
}

describe.each([referenceEngine(), await onnxruntimeEngine()])('poolTokens on $name', (engine) => {
  afterAll(() => engine.dispose());

  it.each(recorded.cases.map((one) => ({ ...one, title: `${one.mode.toString()}, prompt ${one.prompt_length}` })))(
    'gives what sentence-transformers gives: $title',
    async ({ mode, prompt_length: promptLength, rows, embedding }) => {
      const all = recorded.attention_mask.map((_, row) => row);
      const actual = await pool(engine, [mode].flat(), rows ?? all, promptLength);
      expect(largestDifference(actual, embedding.flat().map(Number))).toBeLessThanOrEqual(TOLERANCE);
    },
  );
});

describe('poolTokens', () => {
  const tokens = float32('batch', 'sequence', 5);

  it('passes no gradient to masked tokens', async () => {
    const engine = referenceEngine();
    const modes: readonly PoolingMode[] = ['cls', 'max', 'mean', 'mean_sqrt_len_tokens', 'weightedmean', 'lasttoken'];
    const program = defineProgram({ x: tokens, attentionMask: int32('batch', 'sequence') }, ({ x, attentionMask }) => {
      const [slope = x] = gradient(sum(poolTokens(x, attentionMask, modes)), [x]);
      return { slope };
    });
    const executable = await engine.compile(program);
    const { slope } = await executable.run({
      x: float32Tensor(
        Float32Array.from({ length: 15 }, (_, i) => Math.sin(i)),
        [1, 3, 5],
      ),
      attentionMask: int32Tensor([0, 1, 0], [1, 3]),
    });
    expect([...slope.data.slice(0, 5), ...slope.data.slice(10)]).toEqual(Array.from({ length: 10 }, () => 0));
    // The only token counts once for each of the six modes.
    for (const element of slope.data.slice(5, 10)) expect(element).toBeCloseTo(6, 5);
  });

  it('refuses a mask of another shape, and no mode at all', () => {
    const build = (mask: ReturnType<typeof int32>, modes: readonly PoolingMode[]) => () =>
      defineProgram({ x: tokens, mask }, ({ x, mask: m }) => ({ y: poolTokens(x, m, modes) }));
    expect(build(int32('batch'), ['mean'])).toThrow(ShapeError);
    expect(build(int32('batch'), ['mean'])).toThrow('token embeddings (batch, sequence, 5) with a mask (batch)');
    expect(build(int32('batch', 'sequence'), [])).toThrow('no mode is given');
  });
});
