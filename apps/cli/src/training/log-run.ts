import { arch, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { LineLog } from '@sentence-mtl/model-files';
import type { TimingLine } from '@sentence-mtl/report';
import type { CommandContext } from '../command-line/command-context.ts';

type RunLine = Extract<TimingLine, { readonly kind: 'run' }>;

/** Adds a line to timing.jsonl: how long a training took, or a part of one, with how much memory, on what, and when. */
export async function logRun(
  folder: string,
  part: Pick<RunLine, 'fromStep' | 'step' | 'seconds'>,
  { peakMemory, date }: Pick<CommandContext, 'peakMemory' | 'date'>,
): Promise<void> {
  const cores = cpus();
  const machine = `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${platform()} ${arch()}`;
  const line: RunLine = { kind: 'run', ...part, peakBytes: peakMemory(), machine, finished: date().toISOString() };
  const log = await LineLog.open(join(folder, 'timing.jsonl'));
  try {
    await log.append(JSON.stringify(line));
  } finally {
    await log.close();
  }
}
