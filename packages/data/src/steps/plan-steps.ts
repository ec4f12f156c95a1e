// Which rows each step of a run takes, as a function of the step's number alone: a run goes on anywhere with no saved
// state, and the order of two epochs has nothing to do with each other.
import { ArgumentError, Random } from '@sentence-mtl/core';
import { epochSteps, stepsPerEpoch, type Sampler } from './epoch-steps.ts';
import { rowSets, type SamplingRows } from './sampling-rows.ts';
import type { TaskSampling } from './task-sampling.ts';

/** How long a run is; by examples it ends with the step in which they are reached. */
export type RunLength = { readonly epochs: number } | { readonly steps: number } | { readonly examples: number };

export interface StepOptions {
  readonly seed: number;
  readonly length: RunLength;
  /** Rows of a step. Default: 32. */
  readonly batchSize?: number;
  /** Whether rows of like length share steps. Default: they do. */
  readonly groupByLength?: boolean;
  /** Default: mixed. */
  readonly sampling?: TaskSampling;
}

/** A step of a run. */
export interface PlannedStep {
  /** From 0. */
  readonly epoch: number;
  /** Whether it is the last of its epoch, or of the run. */
  readonly endsEpoch: boolean;
  /** Places in the training data. */
  readonly examples: readonly number[];
}

export interface StepPlan {
  /** All settings that it follows from, to tell other plans apart. */
  readonly name: string;
  readonly totalSteps: number;
  /** The last of them may be cut short by the length of the run. */
  readonly epochs: number;
  /** @param step from 0 to totalSteps - 1 */
  readonly stepAt: (step: number) => PlannedStep;
}

const DEFAULT_BATCH_SIZE = 32;

function count(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new ArgumentError(`${what} is ${value}; a whole number of at least 1 is needed`);
}

/** The epochs of a run of full steps. */
function fullEpochs(length: RunLength, perEpoch: number, batchSize: number): number {
  if ('epochs' in length) return count(length.epochs, 'the number of epochs');
  if ('steps' in length) return Math.ceil(count(length.steps, 'the number of steps') / perEpoch);
  return Math.ceil(count(length.examples, 'the number of examples') / (perEpoch * batchSize));
}

function totalSteps(sampler: Sampler, length: RunLength): number {
  const perEpoch = stepsPerEpoch(sampler);
  if ('epochs' in length) return length.epochs * perEpoch;
  if ('steps' in length) return length.steps;
  let seen = 0;
  for (let epoch = 0; ; epoch++) {
    for (const [step, rows] of epochSteps(sampler, epoch).entries()) {
      seen += rows.length;
      if (seen >= length.examples) return epoch * perEpoch + step + 1;
    }
  }
}

/**
 * The steps of a run over rows with labels; rows without any are left out.
 *
 * ```ts
 * const plan = planSteps({ lengths, tasks }, { seed: 42, length: { epochs: 3 } });
 * const { examples, endsEpoch } = plan.stepAt(7);
 * ```
 *
 * @throws ArgumentError where no row has a label, or an option is none
 */
export function planSteps(rows: SamplingRows, options: StepOptions): StepPlan {
  const { seed, length, groupByLength = true, sampling = { kind: 'mixed' } } = options;
  const batchSize = count(options.batchSize ?? DEFAULT_BATCH_SIZE, 'the batch size');
  const random = Random.of(seed).split('steps');
  const drawing = { sets: rowSets(rows), lengths: rows.lengths, sampling, batchSize, groupByLength, random };
  const perEpoch = stepsPerEpoch(drawing);
  const sampler: Sampler = { ...drawing, epochs: fullEpochs(length, perEpoch, batchSize) };
  const total = totalSteps(sampler, length);
  let latest = { epoch: 0, steps: epochSteps(sampler, 0) };
  return {
    name: `steps ${JSON.stringify({ seed, length, batchSize, groupByLength, sampling })}`,
    totalSteps: total,
    epochs: Math.ceil(total / perEpoch),
    stepAt: (step) => {
      if (!Number.isSafeInteger(step) || step < 0 || step >= total) {
        throw new ArgumentError(`there is no step ${step}; the run has ${total} steps, counted from 0`);
      }
      const epoch = Math.floor(step / perEpoch);
      if (latest.epoch !== epoch) latest = { epoch, steps: epochSteps(sampler, epoch) };
      const at = step % perEpoch;
      return { epoch, endsEpoch: at === perEpoch - 1 || step === total - 1, examples: latest.steps[at] ?? [] };
    },
  };
}
