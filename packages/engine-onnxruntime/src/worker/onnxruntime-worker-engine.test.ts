import { EngineError, float32Tensor } from '@sentence-mtl/core';
import { add, defineProgram, float32, matMul, type Value } from '@sentence-mtl/program';
import { describe, expect, it, vi } from 'vitest';
import { describeEngine } from '../engine-contract.test.support.ts';
import { onnxruntimeEngine } from '../onnxruntime-engine.ts';
import { RuntimeEngine, type OnnxruntimeEngine } from '../runtime-engine.ts';
import { withBuiltWorkers } from './built-worker.test.support.ts';
import { onnxruntimeWorkerEngine } from './onnxruntime-worker-engine.ts';
import { workerRuntime } from './worker-runtime.ts';

vi.mock('node:worker_threads', async (original) => withBuiltWorkers(await original()));

describeEngine('onnxruntimeWorkerEngine', () => onnxruntimeWorkerEngine());

/** A timer that fires as often during one run has fired while the run went on; before it begins it may do so once. */
const FREE = 3;

/** How often a timer fires during a run: the most of some runs, or the first of them that shows a free event loop. */
async function mostTicksOfARun(engine: OnnxruntimeEngine, runs: number): Promise<number> {
  const program = defineProgram({ x: float32(512, 512) }, ({ x }) => {
    let y: Value = x;
    for (let i = 0; i < 60; i++) y = matMul(x, y);
    return { y };
  });
  const executable = await engine.compile(program);
  const x = float32Tensor(new Float32Array(512 * 512), [512, 512]);
  let most = 0;
  for (let run = 0; run < runs && most < FREE; run++) {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await executable.run({ x });
    clearInterval(timer);
    most = Math.max(most, ticks);
  }
  await engine.dispose();
  return most;
}

describe('onnxruntimeWorkerEngine, as a thread', { timeout: 60_000 }, () => {
  it('leaves the event loop free while a run goes on, which the engine of this thread does not', async () => {
    expect(await mostTicksOfARun(await onnxruntimeEngine({ threads: 1 }), 3)).toBeLessThan(FREE);
    // However busy the machine is, one run of many comes to its turns.
    expect(await mostTicksOfARun(await onnxruntimeWorkerEngine({ threads: 1 }), 100)).toBeGreaterThanOrEqual(FREE);
  });

  it('leaves feeds and models to their owner', async () => {
    const engine = await onnxruntimeWorkerEngine();
    const program = defineProgram({ x: float32(3) }, ({ x }) => ({ y: add(x, 1) }));
    const executable = await engine.compile(program);
    const memory = Float32Array.of(1, 2, 3, 4);
    const x = float32Tensor(memory.subarray(1), [3]);
    expect((await executable.run({ x })).y).toEqual(float32Tensor([3, 4, 5], [3]));
    expect([...memory]).toEqual([1, 2, 3, 4]);
    await engine.dispose();
  });

  it('rejects what is asked of a thread that has died, and can still be disposed of', async () => {
    const engine = new RuntimeEngine(await workerRuntime({}, new URL('jobs.test.support.js', import.meta.url)));
    const program = defineProgram({ x: float32(3) }, ({ x }) => ({ y: add(x, 1) }));
    const executable = await engine.compile(program);
    const x = float32Tensor([1, 2, 3], [3]);
    const runs = [executable.run({ x }), executable.run({ x })];
    const death = new EngineError('the worker thread ended with code 9 before its job was done');
    for (const run of runs) await expect(run).rejects.toThrow(death);
    await expect(executable.run({ x })).rejects.toThrow(death);
    await engine.dispose();
  });

  it('is disposed of when the end of the thread overtakes the answer', async () => {
    const runtime = await workerRuntime({}, new URL('mute-sessions.test.support.js', import.meta.url));
    await expect(runtime.dispose()).resolves.toBeUndefined();
  });

  it('refuses options that cannot be sent to a thread', async () => {
    await expect(onnxruntimeWorkerEngine({ sessionOptions: { log: () => 1 } })).rejects.toThrow(/could not be cloned/);
  });
});
