import type { CommandContext } from '../command-line/command-context.ts';
import { InterruptedError } from '../command-line/errors.ts';
import { amountText } from '../command-line/progress-line.ts';
import { writeWindows, type WindowWork } from './write-windows.ts';

export interface Written {
  /** Rows in the file, those of earlier runs included. */
  readonly rows: number;
  readonly seconds: number;
}

/**
 * Runs work to its end, and finishes or leaves what it writes.
 *
 * @param isResumable whether what was written is kept, for a run that goes on
 * @throws InterruptedError where not all is written, saying how to go on
 */
export async function writeAll<In, Out>(
  work: WindowWork<In, Out>,
  isResumable: boolean,
  context: CommandContext,
): Promise<Written> {
  const { stop, now, note, commandLineWith } = context;
  const { writer, total } = work;
  const goOn = `go on with:\n  ${commandLineWith('--resume')}`;
  const start = now();
  try {
    const rows = await writeWindows(work, context);
    if (stop.aborted && rows !== total) {
      const of = total === undefined ? '' : ` of ${amountText(total, 'rows')}`;
      const stopped = `stopped after ${amountText(rows, 'rows')}${of} rows`;
      throw new InterruptedError(isResumable ? `${stopped}; ${goOn}` : stopped);
    }
    await writer.finish();
    return { rows, seconds: (now() - start) / 1000 };
  } catch (error) {
    // What ended the work is told, also where there is more that fails because of it.
    await writer.leave().catch(() => undefined);
    if (isResumable && !(error instanceof InterruptedError)) {
      await note(`What is written is kept; ${goOn}`).catch(() => undefined);
    }
    throw error;
  }
}
