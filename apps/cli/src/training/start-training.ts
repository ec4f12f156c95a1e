import { createTaskModel, type Provenance, type SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import { exampleOf, train, type Example, type Listener, type TrainingResult } from '@sentence-mtl/trainer';
import type { RunSettings } from '../config/choose-epochs.ts';
import type { Settings } from '../config/settings.ts';
import { balancingOf, checkBestMetric, freezingOf } from '../config/training-parts.ts';
import type { Dataset, Side } from '../dataset/dataset.ts';

export interface TrainingWork {
  readonly settings: RunSettings;
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

/** What the saved model says of how it came about, beside what the trainer adds. */
function provenanceOf({ settings, dataset: { rows } }: TrainingWork): Provenance {
  const { encoder, seed, epochs, freeze, balancing } = settings;
  return { encoder, seed, epochs, freeze, balancing, trainingRows: rows.train.length };
}

/** @throws UsageError where settings do not fit the tasks */
export function checkFits(settings: Settings, { tasks }: Pick<Dataset, 'tasks'>): void {
  balancingOf(settings, Object.keys(tasks));
  checkBestMetric(settings, tasks);
}

/** Trains as the settings say, into a run folder. @throws as `train` does */
export async function startTraining(work: TrainingWork): Promise<TrainingResult> {
  const { settings, dataset, encoder, engine, folder, resume, signal, clock, onEvent } = work;
  const { seed, maxLength, learningRate, headLearningRate, weightDecay, dropout, patience, bestMetric } = settings;
  const { checkpointEvery, epochs, batchSize, sampling, tokenBudget } = settings;
  const model = createTaskModel(encoder, dataset.tasks, seed);
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
    provenance: provenanceOf(work),
    signal,
    onEvent,
    clock,
  });
}
