import { expect, test } from 'vitest';
import { untilAborted } from './until-aborted.ts';

async function* numbers(closed: () => void): AsyncGenerator<number> {
  try {
    yield 1;
    yield 2;
  } finally {
    closed();
  }
}

test('all values of a source come where nothing aborts', async () => {
  const values: number[] = [];
  for await (const value of untilAborted(
    numbers(() => undefined),
    new AbortController().signal,
  ))
    values.push(value);
  expect(values).toEqual([1, 2]);
});

test('an abort between two values ends the source and closes it', async () => {
  const controller = new AbortController();
  const values: number[] = [];
  let isClosed = false;
  for await (const value of untilAborted(
    numbers(() => (isClosed = true)),
    controller.signal,
  )) {
    values.push(value);
    controller.abort();
  }
  expect([values, isClosed]).toEqual([[1], true]);
});

test('an abort ends a source that has nothing to give', async () => {
  const controller = new AbortController();
  const silent: AsyncIterable<number> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
  };
  const end = untilAborted(silent, controller.signal).next();
  controller.abort();
  expect(await end).toEqual({ done: true, value: undefined });
});

test('an error of the source comes through', async () => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new RangeError('broken');
  }
  const values = untilAborted(failing(), new AbortController().signal);
  await values.next();
  await expect(values.next()).rejects.toThrow('broken');
});
