import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { BrokenPipeError } from './errors.ts';
import { outputTo } from './output.ts';

function failingStream(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
}

test('a write waits until it has been taken', async () => {
  const taken: string[] = [];
  let release = (): void => undefined;
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      taken.push(chunk.toString());
      release = done;
    },
  });
  const output = outputTo(stream, {});
  let written = false;
  const write = output.write('text').then(() => (written = true));
  await Promise.resolve();
  expect([taken, written]).toEqual([['text'], false]);
  release();
  await write;
  expect(written).toBe(true);
});

test('a closed pipe is told from other errors, now and for every later write', async () => {
  const output = outputTo(failingStream('EPIPE'), {});
  await expect(output.write('a')).rejects.toThrow(BrokenPipeError);
  await expect(output.write('b')).rejects.toThrow(BrokenPipeError);
  await expect(outputTo(failingStream('ENOSPC'), {}).write('a')).rejects.toThrow('ENOSPC');
});

test('a terminal is one that can rewrite a line', () => {
  const stream = Object.assign(new Writable(), { isTTY: true, columns: 120 });
  expect(outputTo(stream, {}).isTerminal).toBe(true);
  expect(outputTo(stream, {}).columns()).toBe(120);
  expect(outputTo(Object.assign(new Writable(), { isTTY: true, columns: 0 }), {}).columns()).toBe(80);
  expect(outputTo(stream, { TERM: 'dumb' }).isTerminal).toBe(false);
  expect(outputTo(new Writable(), {}).isTerminal).toBe(false);
});
