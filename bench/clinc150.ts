import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Random } from '@sentence-mtl/core';
import { classification, type ClassificationTask } from '@sentence-mtl/heads';
import type { Example } from '@sentence-mtl/trainer';
import { fixturesFolder } from './bench-fixtures.ts';

const FOLDER = resolve(fixturesFolder, 'data/clinc150');

/** The tasks of clinc150, both on every text: 150 intents, 10 domains. @throws Error where the data is not there */
export function clincTasks(): Readonly<Record<string, ClassificationTask>> {
  const path = resolve(FOLDER, 'labels.json');
  if (!existsSync(path))
    throw new Error(`there is no ${path}; SENTENCE_MTL_FIXTURES names the folder that holds data/`);
  const { tasks } = JSON.parse(readFileSync(path, 'utf8')) as { readonly tasks: Readonly<Record<string, string[]>> };
  return Object.fromEntries(Object.entries(tasks).map(([task, labels]) => [task, classification(labels)]));
}

/** Rows of a part of clinc150, `count` of them drawn by the seed, 0 for all. */
export function clincExamples(part: 'train' | 'test', count: number, seed: number): readonly Example[] {
  const lines = readFileSync(resolve(FOLDER, `${part}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const examples = lines.map((line, row): Example => {
    const { text, labels } = JSON.parse(line) as { readonly text: string; readonly labels: Example['labels'] };
    return { texts: [text], labels, place: `${part}.jsonl:${row + 1}` };
  });
  if (count === 0) return examples;
  return [...Random.of(seed).split(part).permutation(examples.length)]
    .slice(0, count)
    .flatMap((row) => examples[row] ?? []);
}
