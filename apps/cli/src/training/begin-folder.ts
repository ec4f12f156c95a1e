import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SentenceModel } from '@sentence-mtl/model';
import { writeAtomically } from '@sentence-mtl/model-files';
import type { CommandContext } from '../command-line/command-context.ts';
import { writeRunSettings } from '../config/run-settings.ts';
import { writeJson } from '../config/write-json.ts';
import { rejectedLines, type Dataset } from '../dataset/dataset.ts';
import { dataFacts } from './data-facts.ts';
import type { PlannedRun } from './planned-run.ts';

/** Makes the folder of a run, with all that a run of the same bytes needs to know, and what it learns from. */
export async function beginFolder(
  { folder, settings, isResumed }: PlannedRun,
  dataset: Dataset,
  { config: model }: SentenceModel,
  context: CommandContext,
): Promise<void> {
  if (isResumed) return;
  await mkdir(folder, { recursive: true });
  await writeRunSettings(folder, settings);
  await writeJson(join(folder, 'data.json'), await dataFacts({ settings, dataset, model }, context));
  const { rejected } = dataset;
  if (rejected.length > 0) await writeAtomically(join(folder, 'rejected.jsonl'), rejectedLines(rejected));
}
