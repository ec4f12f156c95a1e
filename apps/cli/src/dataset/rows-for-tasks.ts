import { withTags, type Row, type RowProblem } from '@sentence-mtl/data';
import type { Tasks } from '@sentence-mtl/heads';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Settings } from '../config/settings.ts';
import { labelProblems } from './label-problems.ts';
import { dataSources, readDataFiles } from './read-data-files.ts';
import { RowProblems } from './row-problems.ts';
import { knownSeparators } from './tag-columns.ts';

export interface LabelledFiles extends Pick<Settings, 'textColumn' | 'tagSeparator' | 'onBadRow'> {
  /** As they were typed. */
  readonly data: readonly string[];
}

/**
 * The rows of some files whose labels are those of tasks that are known, and what is wrong with the others.
 *
 * @throws DataFileError, BadRowsError where a file, or rows that are not to be skipped, are broken
 */
export async function readRowsFor(
  tasks: Tasks,
  { data, textColumn, tagSeparator, onBadRow }: LabelledFiles,
  context: CommandContext,
): Promise<{ readonly rows: readonly Row[]; readonly rejected: readonly RowProblem[] }> {
  const problems = new RowProblems(onBadRow);
  const all = await readDataFiles(await dataSources(data, context), textColumn, problems, context.stop);
  const known = Object.entries(tasks).map(([name, task]) => ({ name, task, rows: 0, reason: '' }));
  const check = labelProblems({ tasks: known, leftOut: [] });
  const separators = knownSeparators(tasks, all, tagSeparator);
  const rows = all
    .map((row) => withTags(row, separators))
    .filter((row) => {
      const problem = check(row);
      if (problem !== undefined) problems.add(problem);
      return problem === undefined;
    });
  problems.check();
  return { rows, rejected: problems.all };
}
