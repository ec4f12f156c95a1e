import type { Row } from '@sentence-mtl/data';
import { SAMPLE_TEXTS } from '@sentence-mtl/export';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { dataSources, readDataFiles } from '../dataset/read-data-files.ts';
import { RowProblems } from '../dataset/row-problems.ts';
import type { MeasuredTexts } from './graph-measurer.ts';

export interface MeasuredTextsOptions {
  readonly data: readonly string[] | undefined;
  readonly textColumn: string;
}

const textsOf = (row: Row): readonly string[] => (row.kind === 'text' ? [row.text] : [row.textA, row.textB]);

/**
 * The texts of some files with their labels, or those that come with the program.
 *
 * @throws UsageError where the files have no texts
 */
export async function measuredTexts(
  { data, textColumn }: MeasuredTextsOptions,
  context: CommandContext,
): Promise<MeasuredTexts> {
  if (data === undefined) return { texts: SAMPLE_TEXTS, rows: [] };
  const problems = new RowProblems('stop');
  const rows = await readDataFiles(await dataSources(data, context), textColumn, problems, context.stop);
  problems.check();
  if (rows.length === 0) throw new UsageError('--data has no rows; give texts to measure on, or leave it out');
  return { texts: rows.flatMap(textsOf), rows };
}
