import { DisposedError, FeedError, float32Tensor } from '@sentence-mtl/core';
import { defineProgram, float32, mul } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { referenceEngine } from './reference-engine.ts';

const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ y: mul(x, 0.1) }));

describe('referenceEngine', () => {
  it('rounds its outputs to float32 once', async () => {
    const executable = await referenceEngine().compile(program);
    const { y } = await executable.run({ x: float32Tensor([3], [1]) });
    expect(y.data[0]).toBe(Math.fround(3 * Math.fround(0.1)));
  });

  it('writes into given tensors and checks their size', async () => {
    const executable = await referenceEngine().compile(program);
    const y = float32Tensor(new Float32Array(2), [2]);
    expect((await executable.run({ x: float32Tensor([10, 20], [2]) }, { into: { y } })).y).toBe(y);
    await expect(executable.run({ x: float32Tensor([10], [1]) }, { into: { y } })).rejects.toThrow(FeedError);
  });

  it('does not run what was disposed of', async () => {
    const engine = referenceEngine();
    const executable = await engine.compile(program);
    await engine.dispose();
    await expect(executable.run({ x: float32Tensor([1], [1]) })).rejects.toThrow(DisposedError);
  });
});
