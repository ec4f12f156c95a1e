import { SentenceEncoder } from '@sentence-mtl/model';
import type { GraphPrecision } from '@sentence-mtl/model-files';
import type { CommandContext } from '../command-line/command-context.ts';
import { openEngine } from './open-engine.ts';

export interface LoadEncoderOptions {
  readonly maxLength?: number | undefined;
  readonly precision?: GraphPrecision | undefined;
  readonly threads?: number | undefined;
}

/** Loads the encoder of a folder, and tells what was decided for the caller. */
export async function loadEncoder(
  folder: string,
  { maxLength, precision, threads }: LoadEncoderOptions,
  context: CommandContext,
): Promise<SentenceEncoder> {
  const engine = await openEngine(threads, context);
  const encoder = await SentenceEncoder.load(folder, { engine, maxLength, precision });
  for (const { message } of encoder.notices) await context.note(message);
  return encoder;
}
