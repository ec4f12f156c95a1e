import { join } from 'node:path';
import type { CommandContext } from '../command-line/command-context.ts';
import { shellWords } from '../command-line/shell-words.ts';
import type { PlannedRun } from '../training/planned-run.ts';

/**
 * Writes report and model card at the end of a run, and gives the path of the report. A run is not lost by a report that
 * fails: why it did is noted, and undefined is given.
 */
export async function reportRun(
  { folder, name }: Pick<PlannedRun, 'folder' | 'name'>,
  { note }: Pick<CommandContext, 'note'>,
): Promise<string | undefined> {
  try {
    // What draws takes a quarter of a second to load, which only the end of a run is worth.
    const { readCardOptions } = await import('./card-options.ts');
    const { writeReport } = await import('./write-report.ts');
    const { report, keptCard } = await writeReport(folder, { card: await readCardOptions(folder) });
    if (keptCard) await note(`${join(name, 'model', 'README.md')} is left as it is, since a person has edited it`);
    return report;
  } catch (error) {
    const again = shellWords(['sentence-mtl', 'report', name]);
    const reason = error instanceof Error ? error.message : String(error);
    await note(
      `attention: the run is whole, but its report could not be written: ${reason}\ntry again with:\n  ${again}`,
    );
    return undefined;
  }
}
