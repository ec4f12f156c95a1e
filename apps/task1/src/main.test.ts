import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

function task1(...words: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    encoding: 'utf8',
    env: { HF_HUB_OFFLINE: '1', HF_HOME: fileURLToPath(new URL('../.results/hub', import.meta.url)) },
  });
  return { status, output: stdout + stderr };
}

test('three sentences: their embeddings of length 1, and the two that mean the same are the most alike', () => {
  const { status, output } = task1();
  expect(status).toBe(0);
  expect(output.match(/ {3}384 values \[(-?0\.\d{4}, ){5}…\], norm 1\.0000/g)).toHaveLength(3);
  const [alike = 0, ...others] = [...output.matchAll(/^\d and \d {2}(-?\d\.\d{4})$/gm)].map(([, value]) =>
    Number(value),
  );
  expect(others).toHaveLength(2);
  for (const other of others) expect(alike).toBeGreaterThan(other + 0.2);
});

// Python gives 0.4046 for all-MiniLM-L6-v2 in float32; the model that is built in has its matrices rounded to int8.
test('sentences of one’s own', () => {
  const { output } = task1('This is an example sentence', 'Each sentence is converted');
  expect(Number(/1 and 2 {2}(.*)$/m.exec(output)?.[1])).toBeCloseTo(0.4046, 2);
});

test('a model that is not there, and an option that does not exist, are one line', () => {
  const missing = task1('--model', 'distilbert/distilbert-base-uncased');
  expect(missing.status).toBe(1);
  expect(missing.output).toMatch(/^task1: .*distilbert.* is not in the cache .*"minilm", which is built in\n$/);
  expect(task1('--modle', 'x')).toMatchObject({
    status: 1,
    output: expect.stringMatching(/^task1: Unknown option '--modle'/),
  });
});
