import { DisposedError, EngineError, float32Tensor } from '@sentence-mtl/core';
import { programModel, writeModel } from '@sentence-mtl/onnx';
import { add, defineProgram, float32, linear } from '@sentence-mtl/program';
import { describe, expect, it } from 'vitest';
import { FakeRuntime } from './fake-runtime.test.support.ts';
import { RuntimeEngine } from './runtime-engine.ts';

const program = defineProgram({ x: float32('batch') }, ({ x }) => ({ y: add(x, 1) }));
const x = float32Tensor([1, 2], [2]);

const gate = (): { readonly wait: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open };
};

describe('RuntimeEngine', () => {
  it('has one session for a program however often it is compiled, until the last executable is disposed of', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    const [first, second] = await Promise.all([engine.compile(program), engine.compile(program)]);
    expect([runtime.created, engine.liveSessions]).toEqual([1, 1]);
    await first.dispose();
    expect(runtime.live).toBe(1);
    await expect(second.run({ x })).resolves.toHaveProperty('y');
    await second.dispose();
    expect([runtime.live, engine.liveSessions]).toEqual([0, 0]);
    await engine.compile(program);
    expect(runtime.created).toBe(2);
  });

  it('never runs a session twice at once, and gives every run its own result', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    const executables = await Promise.all([engine.compile(program), engine.compile(program)]);
    const runs = executables.flatMap((executable) => Array.from({ length: 4 }, () => executable.run({ x })));
    const results = await Promise.all(runs);
    expect(runtime.mostRunning).toBe(1);
    expect(new Set(results.map(({ y }) => y.data)).size).toBe(8);
  });

  it('goes on after a run that failed', async () => {
    const runtime = new FakeRuntime();
    const executable = await new RuntimeEngine(runtime).compile(program);
    runtime.failure = new Error('out of luck');
    const failed = executable.run({ x });
    await expect(failed).rejects.toThrow(new EngineError('fake: the run failed: out of luck'));
    await expect(failed).rejects.toHaveProperty('cause', runtime.failure);
    runtime.failure = undefined;
    await expect(executable.run({ x })).resolves.toHaveProperty('y');
  });

  it('disposes after the runs asked for so far, and only once', async () => {
    const runtime = new FakeRuntime();
    const executable = await new RuntimeEngine(runtime).compile(program);
    const { wait, open } = gate();
    runtime.gate = wait;
    const runs = [executable.run({ x }), executable.run({ x })];
    const disposed = executable.dispose();
    expect(executable.dispose()).toBe(disposed);
    await expect(executable.run({ x })).rejects.toThrow(DisposedError);
    expect(runtime.live).toBe(1);
    open();
    await expect(Promise.all(runs)).resolves.toHaveLength(2);
    await disposed;
    expect(runtime.live).toBe(0);
  });

  it('disposes at the end of an await using block', async () => {
    const runtime = new FakeRuntime();
    const executable = await new RuntimeEngine(runtime).compile(program);
    await executable[Symbol.asyncDispose]();
    expect(runtime.live).toBe(0);
  });

  it('disposes of every executable and then of the runtime', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    const executable = await engine.compile(program);
    await engine.compile(defineProgram({ x: float32(2) }, (inputs) => ({ y: add(inputs.x, 2) })));
    await engine.dispose();
    await engine.dispose();
    expect([runtime.created, runtime.live, runtime.isDisposed]).toEqual([2, 0, true]);
    await expect(executable.run({ x })).rejects.toThrow(DisposedError);
    await expect(engine.compile(program)).rejects.toThrow(new DisposedError('the engine fake has been disposed of'));
  });

  it('leaves nothing behind when it is disposed of while a program is compiled', async () => {
    const runtime = new FakeRuntime();
    const { wait, open } = gate();
    runtime.gate = wait;
    const engine = new RuntimeEngine(runtime);
    const compiled = engine.compile(program);
    const disposed = engine.dispose();
    open();
    await expect(compiled).rejects.toThrow(DisposedError);
    await disposed;
    expect([runtime.created, runtime.live, engine.liveSessions]).toEqual([1, 0, 0]);
  });

  it('says that the program could not be compiled, and can try again', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    runtime.failure = new Error('no such kernel');
    await expect(engine.compile(program)).rejects.toThrow(
      new EngineError('fake: compiling the program failed: no such kernel'),
    );
    expect(engine.liveSessions).toBe(0);
    runtime.failure = undefined;
    await expect(engine.compile(program)).resolves.toBeDefined();
  });

  it('gives all threads to a big graph and one to a small', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    await engine.compile(program);
    const big = { x: float32('rows', 768), weight: float32(3072, 768), bias: float32(3072) };
    await engine.compile(defineProgram(big, (inputs) => ({ y: linear(inputs.x, inputs.weight, inputs.bias) })));
    expect(runtime.threadsOfSessions).toEqual([1, 2]);
  });
});

describe('a file that cannot be opened', () => {
  it('leaves no session behind where a size of an input is none', async () => {
    const runtime = new FakeRuntime();
    const engine = new RuntimeEngine(runtime);
    const model = programModel(program, { target: 'portable' });
    const inputs = model.inputs.map((input) => ({ ...input, shape: ['batch-size'] }));
    await expect(engine.openGraph(writeModel({ ...model, inputs }))).rejects.toThrow('"batch-size" is not a dimension');
    expect([runtime.created, engine.openGraphs]).toEqual([0, 0]);
  });

  it('says which output has a size that follows from no input', async () => {
    const engine = new RuntimeEngine(new FakeRuntime());
    const model = programModel(program, { target: 'portable' });
    for (const shape of [[''], ['rows'], ['batch-size']]) {
      const outputs = model.outputs.map((output) => ({ ...output, shape }));
      const graph = await engine.openGraph(writeModel({ ...model, outputs }));
      await expect(graph.run({ x }, ['y'])).rejects.toThrow(
        `the output "y" is (${shape[0]}), a size of which follows from no input; the inputs have batch`,
      );
    }
  });
});
