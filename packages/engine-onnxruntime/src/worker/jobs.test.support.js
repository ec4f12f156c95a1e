// Jobs that the tests of runInWorker send to a thread. Threads run what is built, so this is JavaScript.
import { exit } from 'node:process';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import { FeedError } from '@sentence-mtl/core';
import { readModel } from '@sentence-mtl/onnx';
import { defineProgram, float32, matMul } from '@sentence-mtl/program';

const SIZE = 512;

/** A run of a few hundred milliseconds. */
const longProgram = defineProgram({ x: float32(SIZE, SIZE) }, ({ x }) => {
  let y = x;
  for (let i = 0; i < 60; i++) y = matMul(x, y);
  return { y };
});

/** Runs until it is aborted, or as often as it is told. */
export async function runLong({ runs }, { signal, emit }) {
  const engine = await onnxruntimeEngine({ threads: 1 });
  const executable = await engine.compile(longProgram);
  const x = { dtype: 'float32', shape: [SIZE, SIZE], data: new Float32Array(SIZE * SIZE).fill(1 / SIZE) };
  for (let run = 0; run < runs; run++) {
    signal.throwIfAborted();
    emit({ run, at: 'begin' });
    await executable.run({ x });
    emit({ run, at: 'end' });
  }
  await engine.dispose();
  return { runs };
}

export function echo(data, { emit }) {
  emit(data);
  return data;
}

export function fail({ kind }) {
  if (kind === 'feed') throw new FeedError('input "x" is missing', { cause: new RangeError('deeper') });
  if (kind === 'model') readModel(new Uint8Array());
  if (kind === 'foreign') throw Object.assign(new TypeError('no such file'), { code: 'ENOENT' });
  return Promise.reject('a word');
}

/** Dies in ways of its own. */
export function die({ kind }) {
  if (kind === 'exit') exit(3);
  if (kind === 'throw')
    setTimeout(() => {
      throw new Error('from a timer');
    });
  return new Promise((resolve) => void setTimeout(resolve, 60_000));
}

export function uncloneable() {
  return () => 1;
}

/** Ends only when it is told, and then with a result. */
export async function finish(_, { signal, emit }) {
  emit('ready');
  await new Promise((resolve) => void signal.addEventListener('abort', resolve));
  return 'what there was';
}

/** Returns and leaves a timer behind. */
export function leaveTimer() {
  setInterval(() => undefined, 1000);
  return 'done';
}

/** Serves sessions until the first run, and dies in it. */
export function serveSessions({ port }) {
  port.on('message', ({ id, kind }) => {
    if (kind === 'run') exit(9);
    port.postMessage({ id, ...(kind === 'open' ? { runtime: { name: 'mortal', threads: 1 } } : {}) });
  });
  return new Promise(() => undefined);
}

export const notAFunction = 1;
