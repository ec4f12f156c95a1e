import { DataFileError, type RowWriter } from '@sentence-mtl/data';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Progress } from '../command-line/progress-display.ts';
import { untilAborted } from '../command-line/until-aborted.ts';
import { rowWindows } from './row-windows.ts';

/** Rows that go through a model window by window, and what comes out of it. */
export interface WindowWork<In, Out> {
  /** For the progress display: `encoding`. */
  readonly label: string;
  readonly rows: AsyncIterable<In>;
  /** How many UTF-16 units a row has. */
  readonly unitsOf: (row: In) => number;
  /** How many rows there are, where that is known. */
  readonly total: number | undefined;
  readonly writer: RowWriter<Out>;
  /** A row out for each row in, in their order; `onDone` takes how many of the window are done. */
  readonly compute: (
    rows: readonly In[],
    signal: AbortSignal,
    onDone: (rows: number) => void,
  ) => Promise<readonly Out[]>;
}

type Signals = Pick<CommandContext, 'stop' | 'quit'>;

/** The rows behind the first `count`. @throws DataFileError where there are not even so many */
async function* rowsBehind<T>(rows: AsyncIterable<T>, count: number): AsyncGenerator<T, void, undefined> {
  let index = 0;
  for await (const row of rows) if (index++ >= count) yield row;
  if (index >= count) return;
  throw new DataFileError(
    `the input has ${index} rows, but ${count} are done already: it is not the input that the file was begun with`,
  );
}

async function writeEach<In, Out>(
  work: WindowWork<In, Out>,
  { stop, quit }: Signals,
  display: Progress,
): Promise<number> {
  let done = work.writer.rowsBefore;
  for await (const window of rowWindows(untilAborted(rowsBehind(work.rows, done), stop), work.unitsOf)) {
    try {
      const rows = await work.compute(window, quit, (count) => display.update(done + count));
      await work.writer.write(rows);
      done += rows.length;
    } catch (error) {
      if (!quit.aborted) throw error;
    }
    if (stop.aborted) break;
  }
  return done;
}

/**
 * Writes each window as it is done, until all are, or a first signal asks to stop behind the window in hand. A second
 * signal ends that too; the window is then not written.
 *
 * @returns the number of rows in the file, those of earlier runs included
 */
export async function writeWindows<In, Out>(
  work: WindowWork<In, Out>,
  context: Signals & Pick<CommandContext, 'progress'>,
): Promise<number> {
  const first = work.writer.rowsBefore;
  const display = context.progress({ label: work.label, unit: 'rows', total: work.total, first });
  try {
    return await writeEach(work, context, display);
  } finally {
    display.end();
  }
}
