import { freezeLayersBelow } from '@sentence-mtl/freeze-strategies';
import { classification } from '@sentence-mtl/heads';
import type { SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { Example } from '@sentence-mtl/trainer';
import type { ReportRow } from './report.ts';
import { spreadOf } from './spread.ts';
import { timedTraining } from './timed-training.ts';

const [BATCH, TOKENS] = [32, 32];
const TASKS = { topic: classification(['a', 'b', 'c']) };
/** The first steps meet cold memory. */
const WARMUPS = 3;

/** Texts of so many tokens, the two special ones included: each of their words is one token. */
const EXAMPLES: readonly Example[] = Array.from({ length: BATCH }, (_, row) => {
  const texts = [Array.from({ length: TOKENS - 2 }, () => 'good').join(' ')];
  return { texts, labels: { topic: 'abc'[row % 3] }, place: `row ${row + 1}` };
});

/**
 * Multiplications a token of the products of a step, in units of D²: a layer has four of D × D and two of D × F, and its
 * attention two of T × D. Going back takes each twice, for the weights and for what came in; the lowest layer that trains
 * needs no gradient of what came in to its three first products. A frozen layer that is computed goes forward only.
 */
function products({ encoder }: SentenceModel['config'], frozen: number, isCached: boolean): number {
  const { hiddenSize, intermediateSize, layerCount } = encoder;
  const layer = 4 + (2 * intermediateSize) / hiddenSize + (2 * TOKENS) / hiddenSize;
  const trained = layerCount - frozen;
  const unneeded = trained > 0 ? 3 : 0;
  return 3 * layer * trained - unneeded + (isCached ? 0 : layer * frozen);
}

async function medianStep(
  encoder: SentenceModel,
  engine: Engine,
  frozen: number,
  steps: number,
  enabled: boolean,
): Promise<number> {
  const prefixCache = { enabled, memoryBytes: 2 ** 30, precision: 'float32' } as const;
  const run = await timedTraining(encoder, TASKS, 1, {
    engine,
    training: EXAMPLES,
    freezing: freezeLayersBelow(frozen),
    settings: { seed: 1, prefixCache, checkpointEvery: { steps: Number.MAX_SAFE_INTEGER }, keepCheckpoints: 1 },
    steps: { length: { steps: steps + WARMUPS }, batchSize: BATCH },
  });
  return spreadOf(run.steps.slice(WARMUPS).map(({ seconds }) => seconds * 1000)).median;
}

/** What a step costs with the lowest k layers frozen, their outputs kept or computed anew, beside what its products say. */
export async function frozenLayersTable(
  encoder: SentenceModel,
  engine: Engine,
  steps: number,
): Promise<readonly ReportRow[]> {
  const { layerCount } = encoder.config.encoder;
  const rows: ReportRow[] = [];
  const first: Partial<Record<'kept' | 'anew', number>> = {};
  for (let frozen = 0; frozen <= layerCount; frozen++) {
    const row: Record<string, string | number> = { k: frozen };
    for (const [name, isCached] of [
      ['kept', true],
      ['anew', false],
    ] as const) {
      const milliseconds = await medianStep(encoder, engine, frozen, steps, isCached);
      const share = milliseconds / (first[name] ??= milliseconds);
      const expected = products(encoder.config, frozen, isCached) / products(encoder.config, 0, isCached);
      row[`${name}: ms`] = milliseconds;
      row[`${name}: share`] = Math.round(share * 1000) / 1000;
      row[`${name}: arithmetic`] = Math.round(expected * 1000) / 1000;
    }
    rows.push(row);
  }
  return rows;
}
