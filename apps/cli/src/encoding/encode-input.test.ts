import { DataFileError } from '@sentence-mtl/data';
import { expect, test } from 'vitest';
import { Interruption } from '../command-line/interruption.ts';
import type { Progress } from '../command-line/progress-display.ts';
import { TINY_MODEL } from '../run-built-program.test.support.ts';
import { SentenceEncoder } from '../sentence-encoder.ts';
import { encodingWork } from './encode-input.ts';
import { writeWindows } from './write-windows.ts';

/** Two windows of texts. */
const TEXTS = Array.from({ length: 5000 }, (_, row) => `text ${row}`);

interface Outcome {
  readonly written: readonly string[];
  readonly rows: number;
}

/** Encodes the texts, behind `rowsBefore` of them; `onProgress` is called after each batch. */
async function outcomeOf(rowsBefore: number, onProgress: (interruption: Interruption) => void): Promise<Outcome> {
  const interruption = new Interruption();
  const encoder = await SentenceEncoder.load(TINY_MODEL);
  const written: string[] = [];
  const writer = {
    rowsBefore,
    write: async (rows: readonly { readonly text: string }[]) => void written.push(...rows.map(({ text }) => text)),
    finish: async () => undefined,
    leave: async () => undefined,
  };
  async function* texts(): AsyncGenerator<string> {
    yield* TEXTS;
  }
  const { stop, quit } = interruption;
  const progress = (): Progress => ({ update: () => onProgress(interruption), end: () => undefined });
  try {
    const work = encodingWork({ encoder, texts: texts(), total: TEXTS.length, writer, options: {} });
    return { rows: await writeWindows(work, { stop, quit, progress }), written };
  } finally {
    await encoder.dispose();
  }
}

test('every text is written once, in order, behind those of an earlier run', async () => {
  expect(await outcomeOf(0, () => undefined)).toEqual({ written: TEXTS, rows: 5000 });
  expect(await outcomeOf(4990, () => undefined)).toEqual({ written: TEXTS.slice(4990), rows: 5000 });
});

test('the first signal finishes the window in hand', async () => {
  const outcome = await outcomeOf(0, (interruption) => {
    if (!interruption.stop.aborted) interruption.receive('SIGINT');
  });
  expect(outcome).toEqual({ written: TEXTS.slice(0, 4096), rows: 4096 });
});

test('the second signal leaves it, unwritten', async () => {
  expect(await outcomeOf(10, (interruption) => interruption.receive('SIGINT'))).toEqual({ written: [], rows: 10 });
});

test('an input with fewer texts than are encoded already is another one', async () => {
  await expect(outcomeOf(5001, () => undefined)).rejects.toThrow(DataFileError);
});
