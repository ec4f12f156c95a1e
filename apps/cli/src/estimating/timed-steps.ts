// How long steps take, from steps that are really done: the trainer's own, on real rows, in a folder that is thrown away.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, Random } from '@sentence-mtl/core';
import type { Row } from '@sentence-mtl/data';
import type { SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { RunSettings } from '../config/choose-epochs.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { startTraining } from '../training/start-training.ts';
import { typicalStepSeconds, type TimedStep } from './typical-step.ts';

/** What some steps have measured. */
export interface TimedSteps {
  /** Steps that were timed, after those that warm up. */
  readonly steps: number;
  /** Of a step on average, without what has disturbed some of them. */
  readonly stepSeconds: number;
  /** Of the frozen outputs that are computed once, for each training text; 0 where none are. */
  readonly cacheSecondsPerRow: number;
  readonly trainedParameters: number;
}

export interface TimingWork {
  readonly settings: RunSettings;
  readonly dataset: Dataset;
  readonly encoder: SentenceModel;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly clock: () => number;
}

/** Steps before those that count: the first ones take memory and warm up. */
const WARM_UP = 2;

/** As many rows as the steps take, drawn by the seed, in which each task has a label. */
function sampleOf({ rows, tasks }: Dataset, count: number, seed: number): readonly Row[] {
  const places = Random.of(seed).split('timed rows').permutation(rows.train.length);
  const drawn = Array.from(places.slice(0, count)).flatMap((place) => rows.train[place] ?? []);
  const lacks = (name: string): boolean => !drawn.some(({ labels }) => (labels[name] ?? null) !== null);
  const missing = Object.keys(tasks).filter(lacks);
  const added = missing.flatMap((name) => rows.train.find(({ labels }) => (labels[name] ?? null) !== null) ?? []);
  return [...drawn, ...added];
}

/** Trains for some steps and times them. @throws as `train` does */
export async function timeSteps(work: TimingWork, steps: number): Promise<TimedSteps> {
  const { settings, dataset, signal } = work;
  const folder = await mkdtemp(join(tmpdir(), 'sentence-mtl-'));
  const stop = new AbortController();
  const timed: TimedStep[] = [];
  let trainedParameters = 0;
  let cacheSeconds = 0;
  const train = sampleOf(dataset, (WARM_UP + steps) * settings.batchSize, settings.seed);
  try {
    await startTraining({
      ...work,
      // Enough epochs for a sample that is smaller than the steps take.
      settings: { ...settings, epochs: WARM_UP + steps, checkpointEvery: 'epoch', patience: null, bestMetric: 'mean' },
      dataset: { ...dataset, rows: { train, validation: [], test: [] } },
      folder: join(folder, 'run'),
      resume: false,
      signal: AbortSignal.any([signal, stop.signal]),
      onEvent: (event) => {
        if (event.kind === 'stage') ({ trainedParameters } = event);
        if (event.kind === 'prefixCached') cacheSeconds += event.seconds;
        if (event.kind !== 'step') return;
        if (event.step > WARM_UP) timed.push({ tokens: event.tokens, seconds: event.seconds });
        if (event.step === WARM_UP + steps) stop.abort();
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  signal.throwIfAborted();
  if (timed.length === 0) throw new ArgumentError('no step could be timed');
  const cacheSecondsPerRow = cacheSeconds / train.length;
  return { steps: timed.length, stepSeconds: typicalStepSeconds(timed), cacheSecondsPerRow, trainedParameters };
}
