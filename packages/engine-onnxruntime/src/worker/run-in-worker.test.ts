import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ArgumentError, EngineError, FeedError, SentenceMtlError } from '@sentence-mtl/core';
import { describe, expect, it, vi } from 'vitest';
import { withBuiltWorkers } from './built-worker.test.support.ts';
import { runInWorker } from './run-in-worker.ts';

vi.mock('node:worker_threads', async (original) => withBuiltWorkers(await original()));

const module = new URL('jobs.test.support.js', import.meta.url);

interface RunEvent {
  readonly run: number;
  readonly at: 'begin' | 'end';
}

describe('runInWorker', { timeout: 60_000 }, () => {
  it('returns what the job returns, and passes its events on in order', async () => {
    const events: unknown[] = [];
    const data = { ids: Int32Array.of(1, 2), labels: new Map([['a', 1]]) };
    const result = await runInWorker({ module, job: 'echo', data, onEvent: (event) => events.push(event) });
    expect(result).toEqual(data);
    expect(events).toEqual([data]);
  });

  it('moves what is to be transferred instead of copying it', async () => {
    const data = new Float32Array([1, 2, 3]);
    const result = await runInWorker({ module, job: 'echo', data, transfer: [data.buffer] });
    expect(result).toEqual(Float32Array.of(1, 2, 3));
    expect(data.length).toBe(0);
  });

  it('leaves the event loop free while a run goes on', async () => {
    let running = false;
    let ticks = 0;
    const controller = new AbortController();
    const enough = new Error('the timer has fired during a run');
    const timer = setInterval(() => {
      if (running && ++ticks === 10) controller.abort(enough);
    }, 1);
    const onEvent = ({ at }: RunEvent): void => void (running = at === 'begin');
    // A loop that is not free would get through all runs first.
    const job = runInWorker({ module, job: 'runLong', data: { runs: 500 }, onEvent, signal: controller.signal });
    await expect(job).rejects.toBe(enough);
    clearInterval(timer);
  });

  it('waits for the run in hand when it is aborted, and rejects with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => {
      events.push(event);
      if (event.run === 1 && event.at === 'begin') controller.abort(reason);
    };
    const job = runInWorker({ module, job: 'runLong', data: { runs: 1000 }, onEvent, signal: controller.signal });
    await expect(job).rejects.toBe(reason);
    expect(events.slice(0, 4)).toEqual(
      [0, 1].flatMap((run) => [
        { run, at: 'begin' },
        { run, at: 'end' },
      ]),
    );
    expect(events.filter(({ at }) => at === 'begin').length).toBe(events.filter(({ at }) => at === 'end').length);
  });

  it('returns the result of a job that ends well when it is aborted', async () => {
    const controller = new AbortController();
    const onEvent = (): void => controller.abort();
    const work = { module, job: 'finish', data: undefined, onEvent, signal: controller.signal };
    await expect(runInWorker(work)).resolves.toBe('what there was');
  });

  it('does not start what has been aborted before', async () => {
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(runInWorker({ module, job: 'echo', data: 1, signal })).rejects.toThrow('never mind');
  });

  it('ends a process cleanly that aborts in the middle of a run', async () => {
    const script = `
      const controller = new AbortController();
      const onEvent = ({ run, at }) => { if (run === 1 && at === 'begin') setTimeout(() => controller.abort(), 20); };
      const module = new URL('${module.href}');
      import('@sentence-mtl/engine-onnxruntime')
        .then(({ runInWorker }) => runInWorker({ module, job: 'runLong', data: { runs: 1e6 }, onEvent, signal: controller.signal }))
        .catch((error) => console.log(error.name));
    `;
    const cwd = new URL('.', import.meta.url);
    const child = promisify(execFile)(process.execPath, ['--eval', script], { cwd, env: {} });
    await expect(child).resolves.toEqual({ stdout: 'AbortError\n', stderr: '' });
  });

  it('rejects with the job’s own error: class, message, code and cause', async () => {
    const ours: unknown = await runInWorker({ module, job: 'fail', data: { kind: 'feed' } }).catch(
      (error: unknown) => error,
    );
    expect(ours).toBeInstanceOf(FeedError);
    expect(ours).toMatchObject({
      code: 'FEED',
      message: 'input "x" is missing',
      cause: { name: 'RangeError', message: 'deeper' },
    });
    const ofOnnx: unknown = await runInWorker({ module, job: 'fail', data: { kind: 'model' } }).catch(
      (error: unknown) => error,
    );
    expect(ofOnnx).toBeInstanceOf(SentenceMtlError);
    expect(ofOnnx).toMatchObject({ name: 'ModelFormatError', code: 'MODEL_FORMAT' });
    await expect(runInWorker({ module, job: 'fail', data: { kind: 'foreign' } })).rejects.toMatchObject({
      name: 'TypeError',
      code: 'ENOENT',
      message: 'no such file',
      stack: expect.stringContaining('jobs.test.support.js'),
    });
    await expect(runInWorker({ module, job: 'fail', data: { kind: 'word' } })).rejects.toThrow('a word');
  });

  it('rejects when the thread dies', async () => {
    await expect(runInWorker({ module, job: 'die', data: { kind: 'exit' } })).rejects.toThrow(
      new EngineError('the worker thread ended with code 3 before its job was done'),
    );
    await expect(runInWorker({ module, job: 'die', data: { kind: 'throw' } })).rejects.toThrow(
      new EngineError('the worker thread died: from a timer'),
    );
  });

  it('ends the thread of a job that leaves a timer behind', async () => {
    await expect(runInWorker({ module, job: 'leaveTimer', data: undefined })).resolves.toBe('done');
  });

  it('rejects with what an event handler throws, and ends the job', async () => {
    const onEvent = (): void => {
      throw new RangeError('not that event');
    };
    await expect(runInWorker({ module, job: 'runLong', data: { runs: 1000 }, onEvent })).rejects.toThrow(
      'not that event',
    );
  });

  it('says what the module exports when the job is not there', async () => {
    const missing = runInWorker({ module, data: undefined });
    await expect(missing).rejects.toThrow(ArgumentError);
    await expect(missing).rejects.toThrow(/exports no function "job"; it exports .*echo/);
    await expect(runInWorker({ module, job: 'notAFunction', data: undefined })).rejects.toThrow(ArgumentError);
    const nowhere = new URL('nowhere.js', import.meta.url);
    await expect(runInWorker({ module: nowhere, data: undefined })).rejects.toMatchObject({
      code: 'ERR_MODULE_NOT_FOUND',
    });
  });

  it('rejects data and results that cannot be copied', async () => {
    await expect(runInWorker({ module, job: 'echo', data: () => 1 })).rejects.toThrow(/could not be cloned/);
    await expect(runInWorker({ module, job: 'uncloneable', data: 1 })).rejects.toThrow(/could not be cloned/);
  });
});
