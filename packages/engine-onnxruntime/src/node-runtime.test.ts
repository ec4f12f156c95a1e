import { float32Tensor, MissingEngineError } from '@sentence-mtl/core';
import { defineProgram, float32, mul } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { nodeRuntime } from './node-runtime.ts';
import type { ModuleSession, ModuleSessionOptions, OnnxruntimeModule } from './onnxruntime-module.ts';
import { UNCOPIED } from './result-copies.ts';
import { RuntimeEngine } from './runtime-engine.ts';

const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ y: mul(x, 3) }));
const x = float32Tensor([1, 2], [2]);
const tripled = float32Tensor([3, 6], [2]);

interface Watched {
  readonly module: OnnxruntimeModule;
  readonly options: ModuleSessionOptions[];
  /** The names of the outputs that each run asked for. */
  readonly fetched: (readonly string[])[];
}

/** onnxruntime-node, watched; `run` may change what its sessions do. */
async function watch(run: (session: ModuleSession) => ModuleSession['run']): Promise<Watched> {
  const real: OnnxruntimeModule = await import('onnxruntime-node');
  const options: ModuleSessionOptions[] = [];
  const fetched: (readonly string[])[] = [];
  const create: OnnxruntimeModule['InferenceSession']['create'] = async (model, given) => {
    options.push(given);
    const session = await real.InferenceSession.create(model, given);
    const watched: ModuleSession['run'] = (feeds, fetches) => {
      fetched.push(Object.keys(fetches));
      return run(session)(feeds, fetches);
    };
    return { run: watched, release: () => session.release() };
  };
  return { module: { InferenceSession: { create }, Tensor: real.Tensor }, options, fetched };
}

async function runOn({ module }: Watched): Promise<unknown> {
  const engine = new RuntimeEngine(await nodeRuntime({ threads: 1 }, async () => module));
  const executable = await engine.compile(program);
  const { y } = await executable.run({ x });
  await engine.dispose();
  return y;
}

describe('nodeRuntime', () => {
  it('saves itself the second copy of every output on the version installed', async () => {
    const watched = await watch((session) => session.run.bind(session));
    expect(await runOn(watched)).toEqual(tripled);
    expect(watched.fetched).toEqual([
      [UNCOPIED, 'y'],
      [UNCOPIED, 'y'],
    ]);
  });

  it('takes results the ordinary way where a build returns sequences', async () => {
    const watched = await watch((session) => async (feeds, fetches) => {
      const tensors = Object.entries(fetches).filter(([name]) => name !== UNCOPIED);
      return session.run(feeds, Object.fromEntries(tensors));
    });
    expect(await runOn(watched)).toEqual(tripled);
    expect(watched.fetched).toEqual([[UNCOPIED, 'y'], ['y']]);
  });

  it('takes results the ordinary way where a build refuses sequences before it runs', async () => {
    const watched = await watch((session) => async (feeds, fetches) => {
      if (UNCOPIED in fetches) throw new Error('sequences are not supported');
      return session.run(feeds, fetches);
    });
    expect(await runOn(watched)).toEqual(tripled);
    expect(watched.fetched.at(-1)).toEqual(['y']);
  });

  it('gives session options through, over its own', async () => {
    const watched = await watch((session) => session.run.bind(session));
    const sessionOptions = { graphOptimizationLevel: 'extended', logId: 'mine' };
    const engine = new RuntimeEngine(await nodeRuntime({ threads: 1, sessionOptions }, async () => watched.module));
    await engine.compile(program);
    await engine.dispose();
    expect(watched.options.at(-1)).toMatchObject({
      ...sessionOptions,
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      enableMemPattern: false,
    });
  });

  it('takes shared memory where Node allows it, and says so where not', async () => {
    const engine = new RuntimeEngine(await nodeRuntime({}));
    const executable = await engine.compile(program);
    const data = new Float32Array(new SharedArrayBuffer(8));
    data.set(x.data);
    const run = executable.run({ x: { ...x, data } });
    if (Number.parseInt(process.versions.node, 10) >= 22) await expect(run).resolves.toEqual({ y: tripled });
    else await expect(run).rejects.toThrow(/"x" is in a SharedArrayBuffer, .* from Node 22 on; use an ArrayBuffer/);
    await engine.dispose();
  });

  it('is named after the package and its execution providers', async () => {
    const runtime = await nodeRuntime({ executionProviders: [{ name: 'cuda', deviceId: 1 }, 'cpu'], threads: 3 });
    expect([runtime.name, runtime.threads]).toEqual(['onnxruntime-node cuda, cpu', 3]);
  });

  it('says which execution provider this build does not have', async () => {
    const engine = new RuntimeEngine(await nodeRuntime({ executionProviders: ['qnn'] }));
    await expect(engine.compile(program)).rejects.toMatchObject({
      code: 'ENGINE',
      message: expect.stringContaining('qnn'),
    });
  });

  it('says how to install what is missing', async () => {
    const cause = new Error("Cannot find package 'onnxruntime-node'");
    const missing = nodeRuntime({}, () => Promise.reject(cause));
    await expect(missing).rejects.toThrow(MissingEngineError);
    await expect(missing).rejects.toThrow(/npm install onnxruntime-node/);
    await expect(missing).rejects.toHaveProperty('cause', cause);
  });
});
