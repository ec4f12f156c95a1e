import type { HostTensor } from '@sentence-mtl/core';
import type { TestedEngine } from '../tested-engine.ts';
import type { LossCase, ProgramOptions } from './loss-case.ts';
import { feedOf, type NestedNumbers } from './loss-fixture.ts';

/** What a case is fed, by input. */
export type LossBatch = Readonly<Record<string, NestedNumbers>>;

/** The rows of the inputs that have one for each element of the batch, changed; others, such as weights, as they are. */
export function changeRows(
  { inputs }: LossCase,
  batch: LossBatch,
  change: (rows: readonly NestedNumbers[], name: string) => readonly NestedNumbers[],
): LossBatch {
  return Object.fromEntries(
    Object.entries(batch).map(([name, rows]) =>
      inputs[name]?.shape[0] === 'batch' && Array.isArray(rows) ? [name, change(rows, name)] : [name, rows],
    ),
  );
}

/** Computes a case on an engine; `total` is fed where the options say so. */
export async function runLoss(
  engine: TestedEngine,
  lossCase: LossCase,
  batch: LossBatch,
  options: ProgramOptions,
): Promise<Record<string, ArrayLike<number>>> {
  const { inputs } = lossCase.program(options);
  const feeds: Record<string, HostTensor> = {};
  for (const [name, type] of Object.entries(inputs)) feeds[name] = feedOf(type, batch[name] ?? []);
  return engine.run(lossCase.program(options), feeds);
}
