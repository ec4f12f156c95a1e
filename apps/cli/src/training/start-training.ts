import { createHash } from 'node:crypto';
import type { Row } from '@sentence-mtl/data';
import { createTaskModel, writeTaskModel, type Provenance, type SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import { exampleOf, train, type Example, type Listener, type TrainingResult } from '@sentence-mtl/trainer';
import type { Settings } from '../config/settings.ts';
import { balancingOf, checkBestMetric, freezingOf } from '../config/training-parts.ts';
import type { Dataset, Side } from '../dataset/dataset.ts';

export interface TrainingWork {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly encoder: SentenceModel;
  readonly engine: Engine;
  /** The folder of the run. */
  readonly folder: string;
  readonly resume: boolean;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly onEvent: Listener;
}

/** Of the texts and labels of rows, wherever they stand. */
function hashOfRows(rows: readonly Row[]): string {
  const hash = createHash('sha256');
  for (const row of rows) {
    const texts = row.kind === 'text' ? [row.text] : [row.textA, row.textB, row.score];
    hash.update(`${JSON.stringify([texts, Object.entries(row.labels)])}\n`);
  }
  return hash.digest('hex');
}

/** What the saved model says of how it came about. */
function provenanceOf({ settings, dataset: { rows } }: TrainingWork): Provenance {
  const { seed, encoder, epochs, freeze, balancing } = settings;
  const data = Object.fromEntries(
    (Object.keys(rows) as Side[]).map((side) => [side, { rows: rows[side].length, sha256: hashOfRows(rows[side]) }]),
  );
  return { encoder, seed, epochs, freeze, balancing, data };
}

/** @throws UsageError where settings do not fit the tasks */
export function checkFits(settings: Settings, { tasks }: Pick<Dataset, 'tasks'>): void {
  balancingOf(settings, Object.keys(tasks));
  checkBestMetric(settings, Object.keys(tasks));
}

/** Trains as the settings say, into a run folder. @throws as `train` does */
export async function startTraining(work: TrainingWork): Promise<TrainingResult> {
  const { settings, dataset, encoder, engine, folder, resume, signal, clock, onEvent } = work;
  const { seed, maxLength, learningRate, headLearningRate, weightDecay, dropout, patience, bestMetric } = settings;
  const { checkpointEvery, epochs, batchSize, sampling, tokenBudget } = settings;
  const model = createTaskModel(encoder, dataset.tasks, seed);
  const provenance = provenanceOf(work);
  const examples = (side: Side): readonly Example[] => dataset.rows[side].map((row) => exampleOf(row, dataset.tasks));
  const validation = examples('validation');
  return train({
    engine,
    model,
    training: examples('train'),
    validation: validation.length === 0 ? undefined : validation,
    folder,
    settings: {
      seed,
      maxLength,
      learningRate,
      headLearningRate,
      weightDecay,
      dropout,
      patience,
      bestMetric,
      checkpointEvery: checkpointEvery === 'epoch' ? 'epoch' : { steps: checkpointEvery },
    },
    steps: { length: { epochs }, batchSize, sampling: { kind: sampling } },
    tokenBudget,
    freezing: freezingOf(settings),
    balancing: balancingOf(settings, Object.keys(dataset.tasks)),
    resume: resume ? 'last' : undefined,
    writeModel: (into, trained) => writeTaskModel(into, { ...trained, notices: [], provenance }),
    signal,
    onEvent,
    clock,
  });
}
