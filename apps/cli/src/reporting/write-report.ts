// What a run leaves for people: report.html, and the model card in the model's folder.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '@sentence-mtl/core';
import { writeAtomically } from '@sentence-mtl/model-files';
import { isUneditedCard, readRun, renderModelCard, renderReport, type CardOptions } from '@sentence-mtl/report';

export interface WrittenReport {
  /** The path of report.html. */
  readonly report: string;
  /** The path of the model card; undefined where the run has no model. */
  readonly card?: string;
  /** Whether the card was left as it is, since a person has edited it. */
  readonly keptCard: boolean;
}

export interface ReportOptions {
  readonly card?: CardOptions;
  /** Writes over a card that a person has edited. */
  readonly overwriteCard?: boolean;
}

async function unlessMissing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes the report and the model card of a run anew.
 *
 * @throws RunFileError where the folder is of no run, or a file of it is damaged
 * @throws ModelFileError where a file cannot be written
 */
export async function writeReport(folder: string, { card, overwriteCard }: ReportOptions = {}): Promise<WrittenReport> {
  const run = await readRun(folder);
  const report = join(folder, 'report.html');
  await writeAtomically(report, renderReport(run));
  const model = join(folder, 'model');
  if ((await unlessMissing(stat(model))) === undefined) return { report, keptCard: false };
  const path = join(model, 'README.md');
  const existing = await unlessMissing(readFile(path, 'utf8'));
  const keptCard = existing !== undefined && overwriteCard !== true && !isUneditedCard(existing);
  if (!keptCard) await writeAtomically(path, renderModelCard(run, card));
  return { report, card: path, keptCard };
}
