// What a run learns from, for data.json: files with their hashes, rows and labels of each side, lengths.
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Task } from '@sentence-mtl/heads';
import type { SentenceModelConfig } from '@sentence-mtl/model';
import { fileChecksum } from '@sentence-mtl/model-files';
import type { DataFacts, DataFile, LabelUse, TextLengths } from '@sentence-mtl/report';
import { TokenLengthSampler } from '../checking/token-lengths.ts';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Settings } from '../config/settings.ts';
import { leakage, type Dataset, type Side } from '../dataset/dataset.ts';
import { dataSources } from '../dataset/read-data-files.ts';
import { taskRows } from '../measure/task-rows.ts';

export interface FactsOf {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly model: SentenceModelConfig;
}

async function filesOf(words: readonly string[], context: CommandContext): Promise<readonly DataFile[]> {
  const sources = await dataSources(words, context);
  return Promise.all(
    sources.map(async (source) => {
      if (typeof source !== 'string') return { name: source.name, bytes: null, sha256: null };
      return { name: basename(source), bytes: (await stat(source)).size, sha256: await fileChecksum(source) };
    }),
  );
}

/** How many rows have each label of a task; tags count each on its own. */
function labelCounts(task: Task, labels: ArrayLike<number>): readonly number[] {
  if (!('labels' in task)) return [];
  const counts = task.labels.map(() => 0);
  const isTags = task.kind === 'multi-label';
  for (let i = 0; i < labels.length; i++) {
    const label = isTags ? i % counts.length : (labels[i] ?? -1);
    const has = isTags ? labels[i] === 1 : label >= 0;
    if (has) counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function labelUse(name: string, task: Task, { rows }: Dataset): LabelUse {
  const side = (of: Side): LabelUse['sides'][Side] => {
    const own = taskRows(name, task, rows[of]);
    return { rows: own.places.length, counts: labelCounts(task, own.labels) };
  };
  const sides = { train: side('train'), validation: side('validation'), test: side('test') };
  return { kind: task.kind, labels: 'labels' in task ? task.labels : [], sides };
}

function lengthsOf({ settings, dataset, model }: FactsOf): TextLengths | undefined {
  const sampler = new TokenLengthSampler(model, settings.maxLength, settings.seed);
  for (const row of dataset.rows.train) sampler.add(row);
  const report = sampler.report();
  return report === undefined ? undefined : { ...report, counts: sampler.counts() };
}

/** @throws ModelFileError where a file can no longer be read */
export async function dataFacts(of: FactsOf, context: CommandContext): Promise<DataFacts> {
  const { settings, dataset } = of;
  const { rows, splitOff, rejected, tasks } = dataset;
  return {
    files: {
      train: await filesOf(settings.train, context),
      validation: await filesOf(settings.validation, context),
      test: await filesOf(settings.test, context),
    },
    rows: { train: rows.train.length, validation: rows.validation.length, test: rows.test.length },
    splitOff,
    rejected: rejected.length,
    leaked: { validation: leakage(rows, 'validation', 'train').count, test: leakage(rows, 'test', 'train').count },
    tasks: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, labelUse(name, task, dataset)])),
    lengths: lengthsOf(of),
  };
}
