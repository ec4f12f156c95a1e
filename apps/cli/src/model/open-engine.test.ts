import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { openEngine } from './open-engine.ts';

test.each([
  [undefined, false],
  [null, false],
  [availableParallelism(), false],
  [availableParallelism() + 1, true],
])('%s threads', async (threads, isTold) => {
  const notes: string[] = [];
  const engine = await openEngine(threads, { note: async (text) => void notes.push(text) });
  expect(engine.name).toContain('onnxruntime');
  expect(notes.map((text) => text.includes(`${threads} threads on ${availableParallelism()} processors`))).toEqual(
    isTold ? [true] : [],
  );
  await engine.dispose();
});
