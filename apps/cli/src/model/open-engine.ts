import { availableParallelism } from 'node:os';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import type { CommandContext } from '../command-line/command-context.ts';

/** The engine of the command line. */
export type CommandEngine = Awaited<ReturnType<typeof onnxruntimeEngine>>;

/**
 * Opens the engine; says so where it gets more threads than there are processors, which then wait for each other.
 *
 * @param threads all processors where there is no number
 */
export async function openEngine(
  threads: number | null | undefined,
  { note }: Pick<CommandContext, 'note'>,
): Promise<CommandEngine> {
  const processors = availableParallelism();
  if (threads === null || threads === undefined) return onnxruntimeEngine();
  if (threads > processors) {
    await note(`attention: ${threads} threads on ${processors} processors wait for each other, which is slow`);
  }
  return onnxruntimeEngine({ threads });
}
