import { DisposedError, EngineError, FeedError, float32Tensor, int32Tensor } from '@sentence-mtl/core';
import {
  add,
  constant,
  defineProgram,
  dropout,
  dropoutKey,
  float32,
  gradient,
  int32,
  linear,
  mul,
  softmaxCrossEntropy,
  sum,
  tanh,
  type Program,
} from '@sentence-mtl/program';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsEngine, type TfjsEngine } from './tfjs-engine.ts';

let engine: TfjsEngine;
beforeAll(async () => {
  await tf.setBackend('cpu');
  engine = await tfjsEngine(tf);
});

async function withTanh(tanhKernel: (x: tf.Tensor) => tf.Tensor): Promise<TfjsEngine> {
  const namespace = { ...tf, tanh: tanhKernel };
  return tfjsEngine(namespace);
}

const classifier: Program = defineProgram(
  { x: float32('batch', 3), w: float32(2, 3), b: float32(2), labels: int32('batch'), key: int32(2) },
  ({ x, w, b, labels, key }) => {
    const loss = sum(softmaxCrossEntropy(linear(dropout(tanh(mul(x, 0.5)), 0.25, key, 0), w, b), labels));
    const [dw, db] = gradient(loss, [w, b]);
    return { loss, dw: dw ?? loss, db: db ?? loss };
  },
);

const feeds = (batch: number) => ({
  x: float32Tensor(
    Array.from({ length: batch * 3 }, (_, i) => Math.sin(i)),
    [batch, 3],
  ),
  w: float32Tensor([1, 2, 3, 4, 5, 6], [2, 3]),
  b: float32Tensor([0, 1], [2]),
  labels: int32Tensor(
    Array.from({ length: batch }, (_, i) => (i % 3) - 1),
    [batch],
  ),
  key: int32Tensor(dropoutKey(1, batch), [2]),
});

describe('tfjsEngine', () => {
  it('names itself after the backend that is current', () => {
    expect(engine.name).toBe('tfjs cpu');
    expect(engine.backend).toBe('cpu');
  });

  it(
    'keeps no tensor after a run: 500 runs with changing shapes leave as many as one',
    { timeout: 120_000 },
    async () => {
      const executable = await engine.compile(classifier);
      await executable.run(feeds(4));
      const { numTensors, numDataBuffers } = tf.memory();
      for (let run = 0; run < 500; run++) await executable.run(feeds(1 + (run % 7)));
      expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
      await executable.dispose();
    },
  );

  it('frees the constants with the executable', async () => {
    const { numTensors } = tf.memory();
    const program = defineProgram({ x: float32(2) }, ({ x }) => ({
      y: add(x, constant(float32Tensor([1, 2], [2]), 'w')),
    }));
    const executable = await engine.compile(program);
    expect(tf.memory().numTensors).toBe(numTensors + 1);
    await executable.dispose();
    await executable.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('frees intermediates after their last use, so that a long chain holds few tensors at once', async () => {
    const chain = defineProgram({ x: float32(2) }, ({ x }) => ({
      y: Array.from({ length: 50 }).reduce<typeof x>((value) => tanh(value), x),
    }));
    let most = 0;
    const before = tf.memory().numTensors;
    const counted = await withTanh((x) => {
      most = Math.max(most, tf.memory().numTensors - before);
      return tf.tanh(x);
    });
    const observed = await counted.compile(chain);
    await observed.run({ x: float32Tensor([1, 2], [2]) });
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
    await observed.dispose();
  });

  it('frees everything when an operation fails', async () => {
    const failing = await withTanh(() => {
      throw new Error('no such kernel');
    });
    const executable = await failing.compile(classifier);
    const { numTensors } = tf.memory();
    const error: unknown = await executable.run(feeds(2)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineError);
    expect(String(error)).toContain('tfjs cpu cannot compute tanh: no such kernel');
    expect(tf.memory().numTensors).toBe(numTensors);
    await executable.dispose();
  });

  it('writes outputs into given tensors, which are then the outputs', async () => {
    const executable = await engine.compile(classifier);
    const dw = float32Tensor(new Float32Array(6), [2, 3]);
    const outputs = await executable.run(feeds(4), { into: { dw } });
    const again = await executable.run(feeds(4));
    expect(outputs['dw']).toBe(dw);
    expect(dw.data).toEqual(again['dw']?.data);
    await executable.dispose();
  });

  it('refuses a target of another shape before it runs anything', async () => {
    const executable = await engine.compile(classifier);
    const dw = float32Tensor(new Float32Array(6), [3, 2]);
    await expect(executable.run(feeds(4), { into: { dw } })).rejects.toThrow(
      new FeedError('output "dw" is float32 (2, 3); the tensor to receive it is float32 (3, 2) with data of 6'),
    );
    await executable.dispose();
  });

  it('refuses targets that no output has', async () => {
    const executable = await engine.compile(classifier);
    const stray = float32Tensor([0], [1]);
    await expect(executable.run(feeds(4), { into: { stray } })).rejects.toThrow('the program has no output "stray"');
    await executable.dispose();
  });

  it('gives outputs of their own memory, even where an output is an input', async () => {
    const executable = await engine.compile(defineProgram({ x: float32(2) }, ({ x }) => ({ y: x })));
    const x = float32Tensor([1, 2], [2]);
    const { y } = await executable.run({ x });
    x.data[0] = 9;
    expect([...y.data]).toEqual([1, 2]);
    await executable.dispose();
  });

  it('checks its feeds', async () => {
    const executable = await engine.compile(classifier);
    await expect(executable.run({ ...feeds(4), labels: int32Tensor([0], [1]) })).rejects.toThrow(FeedError);
    await executable.dispose();
  });

  it('does not run after it was disposed of, and waits for the run in hand', async () => {
    const executable = await engine.compile(classifier);
    const run = executable.run(feeds(4));
    const disposed = executable.dispose();
    await expect(run).resolves.toBeDefined();
    await disposed;
    await expect(executable.run(feeds(4))).rejects.toThrow(DisposedError);
  });

  it('runs one executable twice at once', async () => {
    const executable = await engine.compile(classifier);
    const [both, alone] = [
      await Promise.all([executable.run(feeds(4)), executable.run(feeds(5))]),
      await executable.run(feeds(5)),
    ];
    expect(both[1]?.['dw']?.data).toEqual(alone['dw']?.data);
    await executable.dispose();
  });

  it('disposes of all that it compiled', async () => {
    const own = await tfjsEngine(tf);
    await own.compile(classifier);
    await own.compile(classifier);
    expect(own.liveExecutables).toBe(2);
    await own.dispose();
    expect(own.liveExecutables).toBe(0);
    await expect(own.compile(classifier)).rejects.toThrow(
      new DisposedError('the engine tfjs cpu has been disposed of'),
    );
  });

  it('refuses what is no namespace of tfjs, naming what it lacks', async () => {
    await expect(tfjsEngine({ ready: async () => {}, getBackend: () => 'cpu' })).rejects.toThrow(
      /^this is no namespace of tfjs 4: it has no .*matMul/,
    );
  });

  it('says so when another backend has become the current one', async () => {
    let calls = 0;
    const moved = await tfjsEngine({ ...tf, getBackend: () => (calls++ === 0 ? 'cpu' : 'wasm') });
    await expect(moved.compile(classifier)).rejects.toThrow(
      'was made for the tfjs backend "cpu", and "wasm" is the current one',
    );
  });
});
