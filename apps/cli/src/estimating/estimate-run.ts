import { planSteps } from '@sentence-mtl/data';
import { exampleOf } from '@sentence-mtl/trainer';
import type { RunSettings } from '../config/choose-epochs.ts';
import { TokenLengthSampler } from '../checking/token-lengths.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { timeSteps, type TimedSteps, type TimingWork } from './timed-steps.ts';

/** What a training would take. */
export interface Estimate {
  readonly steps: number;
  readonly trainedParameters: number;
  /** Parameters, their gradients, and the two moments of AdamW, in float32; activations come on top. */
  readonly parameterBytes: number;
  /** Timed steps. */
  readonly timed: number;
  readonly stepSeconds: number;
  /** Until the first step, without the frozen outputs. */
  readonly startSeconds: number;
  /** Frozen outputs that are computed once before the first step. */
  readonly cacheSeconds: number;
  /** Of all evaluations on the validation rows. */
  readonly evaluationSeconds: number;
  /** Of all checkpoints, and of a model after each evaluation: at the most, since only the best one is written. */
  readonly savingSeconds: number;
  /** Of all these; the test and the simple methods come on top. */
  readonly seconds: number;
}

/** A change of the settings, and what it would make of the time. */
export interface Alternative {
  readonly change: string;
  readonly estimate: Estimate;
}

/** Steps that are timed: of the settings as they are, and of each change. */
const STEPS = { own: 20, change: 10 } as const;
const BYTES = 4;
/** A value, its gradient and two moments. */
const COPIES_OF_TRAINED = 4;

/** The steps of the whole training. */
function stepsOf({ rows, tasks }: Pick<Dataset, 'rows' | 'tasks'>, settings: RunSettings): number {
  const { batchSize, epochs, sampling, seed } = settings;
  const examples = rows.train.map((row) => exampleOf(row, tasks));
  const present = Object.keys(tasks).map((name) => {
    return [name, Uint8Array.from(examples, ({ labels }) => ((labels[name] ?? null) === null ? 0 : 1))] as const;
  });
  // How long texts are changes which rows share a step, not how many steps there are.
  const sampled = { lengths: new Int32Array(rows.train.length), tasks: new Map(present) };
  return planSteps(sampled, { seed, length: { epochs }, batchSize, sampling: { kind: sampling } }).totalSteps;
}

/** Checkpoints of the whole training; there is one at its end in any case. */
function checkpointsOf({ checkpointEvery, epochs }: RunSettings, steps: number): number {
  return checkpointEvery === 'epoch' ? epochs : Math.ceil(steps / checkpointEvery);
}

function estimateFrom(work: TimingWork, timed: TimedSteps): Estimate {
  const { settings, dataset, encoder } = work;
  const { train, validation } = dataset.rows;
  const steps = stepsOf(dataset, settings);
  const { stepSeconds, startSeconds, trainedParameters } = timed;
  const cacheSeconds = timed.cacheSecondsPerRow * (train.length + validation.length);
  const evaluationSeconds = timed.evaluationSecondsPerRow * validation.length * settings.epochs;
  const models = validation.length === 0 ? 1 : settings.epochs;
  const savingSeconds = timed.checkpointSeconds * checkpointsOf(settings, steps) + timed.modelSeconds * models;
  const all = [...encoder.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
  const frozen = Math.max(0, all - trainedParameters);
  return {
    steps,
    trainedParameters,
    parameterBytes: BYTES * (COPIES_OF_TRAINED * trainedParameters + frozen),
    timed: timed.steps,
    stepSeconds,
    startSeconds,
    cacheSeconds,
    evaluationSeconds,
    savingSeconds,
    seconds: startSeconds + cacheSeconds + steps * stepSeconds + evaluationSeconds + savingSeconds,
  };
}

/** Times the settings as they are. @throws as `train` does */
export async function estimateRun(work: TimingWork): Promise<Estimate> {
  return estimateFrom(work, await timeSteps(work, STEPS.own));
}

/** Tokens of the longest training text, of a sample where there are many. */
function longestText({ settings, dataset, encoder }: TimingWork): number {
  const lengths = new TokenLengthSampler(encoder.config, settings.maxLength, settings.seed);
  for (const row of dataset.rows.train) lengths.add(row);
  return lengths.report()?.longest ?? 0;
}

/** Changes that may make a training faster, as settings. A shorter length does where it cuts texts. */
function changesOf(work: TimingWork): readonly (readonly [string, Partial<RunSettings>])[] {
  const { settings, encoder } = work;
  const half = Math.floor(encoder.config.encoder.layerCount / 2);
  const shorter = Math.floor(settings.maxLength / 2);
  return [
    ...(settings.freeze === 'none' && half > 0
      ? [[`--freeze layers:${half}`, { freeze: `layers:${half}` }] as const]
      : []),
    ...(settings.freeze === 'encoder' ? [] : [['--freeze encoder', { freeze: 'encoder' }] as const]),
    ...(shorter < 1 || longestText(work) <= shorter
      ? []
      : [[`--max-length ${shorter}`, { maxLength: shorter }] as const]),
  ];
}

/** Times what may be faster. @throws as `train` does */
export async function fasterRuns(
  work: TimingWork,
  onChange: (change: string) => void,
): Promise<readonly Alternative[]> {
  const alternatives: Alternative[] = [];
  for (const [change, settings] of changesOf(work)) {
    onChange(change);
    const changed = { ...work, settings: { ...work.settings, ...settings } };
    alternatives.push({ change, estimate: estimateFrom(changed, await timeSteps(changed, STEPS.change)) });
  }
  return alternatives;
}
