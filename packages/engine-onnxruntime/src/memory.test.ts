import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { float32Tensor, type HostTensor } from '@sentence-mtl/core';
import { defineProgram, float32, gradient, linear, mul, sum } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { onnxruntimeEngine } from './onnxruntime-engine.ts';
import { onnxruntimeWebEngine } from './onnxruntime-web-engine.ts';
import type { OnnxruntimeEngine } from './runtime-engine.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const program = defineProgram(
  { x: float32('batch', 64), weight: float32(64, 64), bias: float32(64) },
  ({ x, weight, bias }) => {
    const y = linear(x, weight, bias);
    const [ofWeight] = gradient(sum(mul(y, y)), [weight]);
    return { y, ofWeight: ofWeight ?? y };
  },
);

const ones = (...shape: readonly number[]): HostTensor<'float32'> =>
  float32Tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);

/** Bytes of all ArrayBuffers that are still in use. Finalizers of native memory run after the collection. */
async function bytesInUse(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return process.memoryUsage().arrayBuffers;
}

async function runOften(engine: OnnxruntimeEngine, runs: number): Promise<void> {
  const executable = await engine.compile(program);
  const weight = ones(64, 64);
  const bias = ones(64);
  for (let run = 0; run < runs; run++) await executable.run({ x: ones(1 + (run % 37), 64), weight, bias });
  await executable.dispose();
}

describe.each([
  ['onnxruntimeEngine', onnxruntimeEngine],
  ['onnxruntimeWebEngine', onnxruntimeWebEngine],
] as const)('%s', (_, create) => {
  it('holds no tensor of 500 runs with changing shapes, and no session after its end', async () => {
    const engine = await create({ threads: 1 });
    await runOften(engine, 37);
    const before = await bytesInUse();
    await runOften(engine, 500);
    // Less than the result of one run.
    expect((await bytesInUse()) - before).toBeLessThan(64 * 64 * 4);
    expect(engine.liveSessions).toBe(0);
    await engine.dispose();
  });
});
