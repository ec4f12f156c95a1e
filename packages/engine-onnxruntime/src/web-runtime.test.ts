import { float32Tensor, MissingEngineError } from '@sentence-mtl/core';
import { defineProgram, float32, mul } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { RuntimeEngine } from './runtime-engine.ts';
import { webRuntime } from './web-runtime.ts';

describe('webRuntime', () => {
  it('compiles several programs that are asked for at once', async () => {
    const engine = new RuntimeEngine(await webRuntime({}));
    const programs = [2, 3, 4].map((factor) =>
      defineProgram({ x: float32('batch') }, ({ x }) => ({ y: mul(x, factor) })),
    );
    const executables = await Promise.all(programs.map((program) => engine.compile(program)));
    const runs = await Promise.all(executables.map((executable) => executable.run({ x: float32Tensor([1], [1]) })));
    expect(runs.map(({ y }) => y.data[0])).toEqual([2, 3, 4]);
    await engine.dispose();
  });

  it('says how to install what is missing', async () => {
    const missing = webRuntime({}, () => Promise.reject(new Error("Cannot find package 'onnxruntime-web'")));
    await expect(missing).rejects.toThrow(MissingEngineError);
    await expect(missing).rejects.toThrow(/npm install onnxruntime-web$/);
  });
});
