// How long steps take, from steps that are really done: the trainer's own, on real rows, in a folder that is thrown away.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, Random } from '@sentence-mtl/core';
import type { Row } from '@sentence-mtl/data';
import type { SentenceModel } from '@sentence-mtl/model';
import type { Engine } from '@sentence-mtl/program';
import type { TrainingEvent } from '@sentence-mtl/trainer';
import type { RunSettings } from '../config/choose-epochs.ts';
import type { Dataset, Side } from '../dataset/dataset.ts';
import { startTraining } from '../training/start-training.ts';
import { median, typicalStepSeconds, type TimedStep } from './typical-step.ts';

/** What some steps have measured. */
export interface TimedSteps {
  /** Steps that were timed, after those that warm up. */
  readonly steps: number;
  /** Of a step with as many tokens as steps have on average, without what has disturbed some of them. */
  readonly stepSeconds: number;
  /** Of the frozen outputs that are computed once, for each row of training and validation; 0 where none are. */
  readonly cacheSecondsPerRow: number;
  /** Of an evaluation, for each row of validation; 0 where there are none. */
  readonly evaluationSecondsPerRow: number;
  /** Until the first step, without frozen outputs: programs are made and texts become tokens. */
  readonly startSeconds: number;
  /** Of writing the model. */
  readonly modelSeconds: number;
  /** Of writing a checkpoint. */
  readonly checkpointSeconds: number;
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

/** Rows of validation that are evaluated at the most. */
const EVALUATED_ROWS = 512;

/** So many rows of a side, drawn by the seed, in which each task that has labels there has one. */
function sampleOf({ rows, tasks }: Dataset, side: Side, count: number, seed: number): readonly Row[] {
  const all = rows[side];
  const places = Random.of(seed).split('timed rows', side).permutation(all.length);
  const drawn = Array.from(places.slice(0, count)).flatMap((place) => all[place] ?? []);
  const lacks = (name: string): boolean => !drawn.some(({ labels }) => (labels[name] ?? null) !== null);
  const missing = Object.keys(tasks).filter(lacks);
  const added = missing.flatMap((name) => all.find(({ labels }) => (labels[name] ?? null) !== null) ?? []);
  return [...drawn, ...added];
}

/** What the events of some steps say of times. */
class Timings {
  readonly #clock: () => number;
  readonly #started: number;
  #ready: number | undefined;
  /** Those that warm up too. */
  readonly steps: TimedStep[] = [];
  readonly evaluations: number[] = [];
  readonly models: number[] = [];
  readonly checkpoints: number[] = [];
  trainedParameters = 0;
  cacheSeconds = 0;

  /** @param clock milliseconds; it starts here */
  constructor(clock: () => number) {
    this.#clock = clock;
    this.#started = clock();
  }

  get startSeconds(): number {
    return Math.max(0, ((this.#ready ?? this.#started) - this.#started) / 1000 - this.cacheSeconds);
  }

  add(event: TrainingEvent): void {
    if (event.kind === 'stage') {
      this.#ready ??= this.#clock();
      this.trainedParameters = event.trainedParameters;
    }
    if (event.kind === 'prefixCached') this.cacheSeconds += event.seconds;
    if (event.kind === 'checkpoint') this.checkpoints.push(event.seconds);
    if (event.kind === 'step') this.steps.push({ tokens: event.tokens, seconds: event.seconds });
    if (event.kind !== 'evaluated') return;
    this.evaluations.push(event.seconds);
    if (event.isBest) this.models.push(event.savingSeconds);
  }
}

const medianOr0 = (values: readonly number[]): number => (values.length === 0 ? 0 : median(values));

/** Trains for some steps and times them. @throws as `train` does */
export async function timeSteps(work: TimingWork, steps: number): Promise<TimedSteps> {
  const { settings, dataset, signal } = work;
  const folder = await mkdtemp(join(tmpdir(), 'sentence-mtl-'));
  const stop = new AbortController();
  const timings = new Timings(work.clock);
  const train = sampleOf(dataset, 'train', (WARM_UP + steps) * settings.batchSize, settings.seed);
  const validation = sampleOf(dataset, 'validation', EVALUATED_ROWS, settings.seed);
  // The end of an epoch is waited for, which evaluates; it is near, since the rows are those of so many steps.
  const isEnd = ({ kind }: TrainingEvent): boolean =>
    timings.steps.length >= WARM_UP + steps && (kind === 'evaluated' || validation.length === 0);
  // Enough epochs for a sample that is smaller than the steps take.
  const epochs = WARM_UP + steps;
  try {
    await startTraining({
      ...work,
      settings: { ...settings, epochs, checkpointEvery: 'epoch', patience: null, bestMetric: 'mean' },
      dataset: { ...dataset, rows: { train, validation, test: [] } },
      folder: join(folder, 'run'),
      resume: false,
      signal: AbortSignal.any([signal, stop.signal]),
      onEvent: (event) => {
        timings.add(event);
        if (isEnd(event)) stop.abort();
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  signal.throwIfAborted();
  const timed = timings.steps.slice(WARM_UP, WARM_UP + steps);
  if (timed.length === 0) throw new ArgumentError('no step could be timed');
  return {
    steps: timed.length,
    // All of them: an epoch of the sample has the tokens that epochs have.
    stepSeconds: typicalStepSeconds(timed, timings.steps),
    cacheSecondsPerRow: timings.cacheSeconds / (train.length + validation.length),
    evaluationSecondsPerRow: validation.length === 0 ? 0 : median(timings.evaluations) / validation.length,
    startSeconds: timings.startSeconds,
    modelSeconds: medianOr0(timings.models),
    checkpointSeconds: medianOr0(timings.checkpoints),
    trainedParameters: timings.trainedParameters,
  };
}
