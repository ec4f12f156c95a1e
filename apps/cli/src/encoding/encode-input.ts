import { DataFileError, type EmbeddingRow, type RowWriter } from '@sentence-mtl/data';
import type { EncodeOptions, SentenceEncoder } from '@sentence-mtl/model';
import type { CommandContext } from '../command-line/command-context.ts';
import type { Progress } from '../command-line/progress-display.ts';
import { untilAborted } from '../command-line/until-aborted.ts';
import { textWindows } from './text-windows.ts';

export interface EncodingWork {
  readonly encoder: SentenceEncoder;
  readonly texts: AsyncIterable<string>;
  /** How many texts there are, where that is known. */
  readonly total: number | undefined;
  readonly writer: RowWriter<EmbeddingRow>;
  readonly options: Pick<EncodeOptions, 'normalize' | 'promptName'>;
}

type Signals = Pick<CommandContext, 'stop' | 'quit'>;

/** The texts behind the first `count`. @throws DataFileError where there are not even so many */
async function* textsBehind(texts: AsyncIterable<string>, count: number): AsyncGenerator<string, void, undefined> {
  let row = 0;
  for await (const text of texts) if (row++ >= count) yield text;
  if (row >= count) return;
  throw new DataFileError(
    `the input has ${row} texts, but ${count} are encoded already: it is not the input that the file was begun with`,
  );
}

async function encodeWindow(
  texts: readonly string[],
  { encoder, options }: EncodingWork,
  signal: AbortSignal,
  onDone: (texts: number) => void,
): Promise<readonly EmbeddingRow[]> {
  const onProgress: EncodeOptions['onProgress'] = ({ done }) => onDone(done);
  const { data, shape } = await encoder.encode(texts, { ...options, signal, onProgress });
  const [, dimension] = shape;
  return texts.map((text, row) => ({ text, embedding: data.subarray(row * dimension, (row + 1) * dimension) }));
}

async function writeWindows(work: EncodingWork, { stop, quit }: Signals, display: Progress): Promise<number> {
  let done = work.writer.rowsBefore;
  for await (const texts of textWindows(untilAborted(textsBehind(work.texts, done), stop))) {
    try {
      const rows = await encodeWindow(texts, work, quit, (count) => display.update(done + count));
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
 * Encodes texts window by window and writes each as it is done, until all are, or a first signal asks to stop behind the
 * window in hand. A second signal ends that too; the window is then not written.
 *
 * @returns the number of rows in the file, those of earlier runs included
 */
export async function encodeInput(
  work: EncodingWork,
  context: Signals & Pick<CommandContext, 'progress'>,
): Promise<number> {
  const first = work.writer.rowsBefore;
  const display = context.progress({ label: 'encoding', unit: 'rows', total: work.total, first });
  try {
    return await writeWindows(work, context, display);
  } finally {
    display.end();
  }
}
