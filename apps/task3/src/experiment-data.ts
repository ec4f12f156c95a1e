import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Random } from '@sentence-mtl/core';
import { readLabelSets, readRows, textKey, type Row } from '@sentence-mtl/data';
import { classification, type ClassificationTask } from '@sentence-mtl/heads';
import { exampleOf, type Example } from '@sentence-mtl/trainer';
import type { Domain } from './scenarios.ts';

export interface DataOptions {
  /** The folder with a folder for each data set. */
  readonly folder: string;
  /** Training rows of each task. */
  readonly rows: number;
  /** Validation rows of each task. */
  readonly validationRows: number;
  readonly seed: number;
}

/** The data of one task. */
export interface TaskData {
  readonly task: ClassificationTask;
  readonly training: readonly Example[];
  readonly validation: readonly Example[];
}

async function someRows(folder: string, part: string, count: number, seed: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of readRows(join(folder, `${part}.jsonl`))) rows.push(row);
  const places = [...Random.of(seed).split(basename(folder), part).permutation(rows.length)].slice(0, count);
  return places.flatMap((place) => rows[place] ?? []);
}

async function taskData(name: string, set: string, options: DataOptions): Promise<TaskData> {
  const { rows, validationRows, seed } = options;
  const folder = join(options.folder, set);
  const { tasks } = await readLabelSets(join(folder, 'labels.json'));
  const task = classification(tasks.get(name) ?? []);
  const validation = await someRows(folder, 'validation', validationRows, seed);
  const held = new Set(validation.map(textKey));
  const training = (await someRows(folder, 'train', rows, seed)).filter((row) => !held.has(textKey(row)));
  const examplesOf = (some: readonly Row[]): readonly Example[] => some.map((row) => exampleOf(row, { [name]: task }));
  return { task, training: examplesOf(training), validation: examplesOf(validation) };
}

/** The data of the tasks of a domain, of those sets that are there. The same options give the same rows. */
export async function experimentData(
  { sets }: Domain,
  options: DataOptions,
): Promise<Readonly<Record<string, TaskData>>> {
  const there = Object.entries(sets).filter(([, set]) => existsSync(join(options.folder, set)));
  const entries = there.map(async ([name, set]) => [name, await taskData(name, set, options)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
