import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOfShape } from '@sentence-mtl/core';
import { parseTask, type TaskKindName } from '@sentence-mtl/heads';
import { openWeights, readJsonObject } from '@sentence-mtl/model-files';

/** A task head as its folder describes it. */
export interface HeadDescription {
  readonly task: string;
  readonly kind: TaskKindName;
  /** Undefined where the task has none. */
  readonly labels: readonly string[] | undefined;
  readonly parameters: number;
}

async function parametersIn(folder: string): Promise<number> {
  const weights = await openWeights(folder);
  await weights.close();
  return [...weights.tensors.values()].reduce((sum, { shape }) => sum + sizeOfShape(shape), 0);
}

async function readHead(folder: string, name: string): Promise<HeadDescription> {
  const path = join(folder, name, 'config.json');
  const task = parseTask(await readJsonObject(path), path);
  const labels = 'labels' in task ? task.labels : undefined;
  return { task: name, kind: task.kind, labels, parameters: await parametersIn(join(folder, name)) };
}

/**
 * The heads in a model's folder, `heads/<task>/`; a model without any has no such folder.
 *
 * @throws TaskConfigError, ModelFileError where one is broken
 */
export async function readHeads(folder: string): Promise<readonly HeadDescription[]> {
  const heads = join(folder, 'heads');
  const entries = await readdir(heads, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  return Promise.all(names.toSorted().map(async (name) => readHead(heads, name)));
}
