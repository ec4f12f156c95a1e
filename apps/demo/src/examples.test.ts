import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Query {
  readonly text: string;
  readonly labels: { readonly intent: string; readonly domain: string };
}

const read = (name: string): readonly Query[] =>
  readFileSync(new URL(`../../../examples/clinc150/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Query);

const sides = { train: read('train'), validation: read('validation'), test: read('test') };

test.each([
  ['train', 20],
  ['validation', 3],
  ['test', 10],
] as const)('%s has %d rows of each of 150 intents, of 10 domains, in no order', (side, count) => {
  const rows = sides[side];
  const counts = new Map<string, number>();
  for (const { labels } of rows) counts.set(labels.intent, (counts.get(labels.intent) ?? 0) + 1);
  expect(counts.size).toBe(150);
  expect(new Set(counts.values())).toEqual(new Set([count]));
  expect(new Set(rows.map(({ labels }) => labels.domain)).size).toBe(10);
  // A sorted file has as few changes of the intent as it has intents.
  const changes = rows.filter(({ labels }, row) => labels.intent !== rows[row - 1]?.labels.intent).length;
  expect(changes).toBeGreaterThan(0.9 * rows.length);
});

test('no text stands twice', () => {
  const texts = Object.values(sides).flatMap((rows) => rows.map(({ text }) => text.toLowerCase()));
  expect(new Set(texts).size).toBe(texts.length);
});
