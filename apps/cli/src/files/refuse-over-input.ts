import { stat } from 'node:fs/promises';
import { UsageError } from '../command-line/errors.ts';

/** What names a file on its system, whatever path leads to it; undefined where there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}

/**
 * Keeps a command from writing over what it reads.
 *
 * @param option what names the file that is written, as it was typed: `--out rows.jsonl`
 * @param output its path
 * @param inputs paths of the files that are read
 * @throws UsageError where one of them is the file that is written
 */
export async function refuseOverInput(option: string, output: string, inputs: readonly string[]): Promise<void> {
  const written = await identityOf(output);
  if (written === undefined) return;
  for (const input of inputs) {
    if ((await identityOf(input)) !== written) continue;
    throw new UsageError(`${option} is the file that is read, and would write over its rows; name another file`);
  }
}
