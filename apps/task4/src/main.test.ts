import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { TINY_MODEL, task4, temporaryFolder } from './main.test.support.ts';

// Seconds alone; other tests may hold every core.
vi.setConfig({ testTimeout: 120_000 });

/** Rows of two tasks, the second only every other row. */
function dataFile(rows = 40, labels: readonly string[] = ['refund', 'delivery']): string {
  const file = join(temporaryFolder(), 'train.jsonl');
  const lines = Array.from({ length: rows }, (_, row) => {
    const intent = labels[row % labels.length];
    const tone = row % 2 === 0 ? ['calm', 'angry'][(row / 2) % 2] : null;
    return JSON.stringify({ text: `please ${intent} my order number ${row}`, labels: { intent, tone } });
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

test('five sentences: the loss falls, and each sentence has predicted and true labels with what they mean', async () => {
  const { status, stdout } = await task4(['--epochs', '4']);
  expect(status).toBe(0);
  const losses = [...stdout.matchAll(/^epoch \d {2}loss (\d\.\d{4}) {2}accuracy: topic .* %, sentiment .* %$/gm)];
  expect(losses).toHaveLength(4);
  expect(Number(losses[3]?.[1])).toBeLessThan(Number(losses[0]?.[1]));
  expect(stdout.match(/^ {3}(topic|sentiment) +predicted {2}\w+ \([^)]+\), \d+ % sure$/gm)).toHaveLength(10);
  expect(stdout.match(/^ +true {7}(negative|neutral|positive) \([^)]+\)/gm)).toHaveLength(5);
  expect(stdout.match(/^ +true {7}(technology|sport|food) \([^)]+\)/gm)).toHaveLength(5);
});

test('data of one’s own, with missing labels, weights and freezing', async () => {
  const words = ['--data', dataFile(), '--encoder', TINY_MODEL, '--epochs', '2', '--show', '2'];
  const { status, stdout } = await task4([...words, '--task-weights', 'tone=0.5', '--freeze', 'encoder']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^epoch 2 {2}loss .* accuracy: intent \d+\.\d %, tone /m);
  expect(stdout).toMatch(/^heads\.intent .* 18 .*$/m);
  expect(stdout).toMatch(/^embeddings +[\d,]+ +0 /m);
  expect(stdout.match(/predicted {2}/g)).toHaveLength(4);
});

test.each([
  [['--data', '/no/such/file.jsonl'], /^task4: .*\/no\/such\/file\.jsonl/],
  [['--freeze', 'layer:2'], /^task4: --freeze layer:2 is none of none, encoder, layers:NUMBER and head:TASK\n$/],
  [['--freeze', 'head:topc'], /^task4: .*"topc".*did you mean "topic"\?/],
  [['--freeze', 'encoder', '--freeze', 'head:topic', '--freeze', 'head:sentiment'], /^task4: .*train/],
  [['--task-weights', 'topic'], /^task4: --task-weights has "topic"; TASK=NUMBER is needed/],
  [['--epochs', 'many'], /^task4: the number of epochs is NaN/],
  [['--resume'], /^task4: .* has no checkpoint/],
  [['--epoch', '3'], /^task4: Unknown option '--epoch'/],
])('%j is a mistake that one line explains', async (words, message) => {
  const { status, stdout, stderr } = await task4(['--encoder', TINY_MODEL, ...words]);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('a validation label that was never trained is named with its line', async () => {
  const words = ['--data', dataFile(), '--validation', dataFile(4, ['refund', 'refnd'])];
  const { status, stderr } = await task4([...words, '--encoder', TINY_MODEL]);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^task4: .*train\.jsonl:2: .*"refnd".*did you mean "refund"\?/);
});
