import type { Row } from '@sentence-mtl/data';
import { SAMPLE_TEXTS, type ExportableModel } from '@sentence-mtl/export';
import type { CommandContext } from '../command-line/command-context.ts';
import { UsageError } from '../command-line/errors.ts';
import { readRowsFor } from '../dataset/rows-for-tasks.ts';
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
 * @throws DataFileError, BadRowsError where a file is broken, or a label is none of its task's
 */
export async function measuredTexts(
  { tasks = {} }: Pick<ExportableModel, 'tasks'>,
  { data, textColumn }: MeasuredTextsOptions,
  context: CommandContext,
): Promise<MeasuredTexts> {
  if (data === undefined) return { texts: SAMPLE_TEXTS, rows: [] };
  const files = { data, textColumn, tagSeparator: null, onBadRow: 'stop' } as const;
  const { rows } = await readRowsFor(tasks, files, context);
  if (rows.length === 0) throw new UsageError('--data has no rows; give texts to measure on, or leave it out');
  return { texts: rows.flatMap(textsOf), rows };
}
