import { ArgumentError } from '@sentence-mtl/core';
import type { ScheduleConfig, StepSpan } from './schedule-config.ts';
import { stepsOf } from './step-span.ts';

type Range = readonly [least: number, most: number];

function checkNumber(name: string, value: number, [least, most]: Range): void {
  if (value >= least && value <= most && Number.isFinite(value)) return;
  const above = least === Number.MIN_VALUE ? 'a number above 0' : `a number of at least ${least}`;
  const range = most === Infinity ? above : `between ${least} and ${most}`;
  throw new ArgumentError(`the ${name} of a schedule is ${value}; it must be ${range}`);
}

function checkSpan(name: string, span: StepSpan | undefined): void {
  if (span === undefined) return;
  if (!('steps' in span)) return checkNumber(`${name} fraction`, span.fraction, [0, 1]);
  checkNumber(`${name} steps`, span.steps, [0, Infinity]);
  if (Number.isSafeInteger(span.steps)) return;
  throw new ArgumentError(`the ${name} of a schedule is ${span.steps} steps; steps are whole`);
}

/** The numbers of a config that are not spans, with the values they may have. */
function numbersOf(config: ScheduleConfig): readonly (readonly [string, number | undefined, Range])[] {
  const positive: Range = [Number.MIN_VALUE, Infinity];
  return [
    ['warm-up start', config.warmup?.from, [0, 1]],
    ['end', 'end' in config ? config.end : undefined, [0, 1]],
    ['cycles', 'cycles' in config ? config.cycles : undefined, positive],
    ['power', 'power' in config ? config.power : undefined, positive],
    ['timescale', 'timescale' in config ? config.timescale : undefined, positive],
  ];
}

/** @throws ArgumentError when a schedule does not fit its run */
export function checkSchedule(config: ScheduleConfig, totalSteps: number): void {
  if (!Number.isSafeInteger(totalSteps) || totalSteps < 1) {
    throw new ArgumentError(`a schedule of ${totalSteps} steps; a run has a whole number of steps, 1 or more`);
  }
  const decay = config.kind === 'warmupStableDecay' ? config.decay : undefined;
  checkSpan('warm-up', config.warmup);
  checkSpan('decay', decay);
  for (const [name, value, range] of numbersOf(config)) if (value !== undefined) checkNumber(name, value, range);
  const phases = [stepsOf(config.warmup, totalSteps), stepsOf(decay, totalSteps)] as const;
  if (phases[0] + phases[1] <= totalSteps) return;
  const sum =
    decay === undefined ? `${phases[0]} steps of warm-up` : `${phases[0]} of warm-up and ${phases[1]} of decay`;
  throw new ArgumentError(`the schedule has ${sum}; the run has ${totalSteps} steps`);
}
