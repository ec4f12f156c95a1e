// A schedule is a pure function from the number of a step to a factor on the learning rate, made of plain data and the
// number of steps of the run. The formulas are those of transformers' get_scheduler, past the end of the run too.
import { unreachable } from '@sentence-mtl/core';
import { checkSchedule } from './check-schedule.ts';
import { ramp } from './ramp.ts';
import type { ScheduleConfig } from './schedule-config.ts';
import { stepsOf } from './step-span.ts';

/** The factor on the learning rate at a step, from 0. */
export type Schedule = (step: number) => number;

/** The steps of a run: those of the warm-up, and those after it. */
interface Spans {
  readonly warmup: number;
  readonly rest: number;
}

const { cos, max, PI, sqrt } = Math;

const between = (end: number, factor: number): number => end + (1 - end) * factor;

function polynomial({ rest }: Spans, end: number, power: number): Schedule {
  return (since) => between(end, since > rest ? 0 : (1 - since / max(1, rest)) ** power);
}

function cosine({ rest }: Spans, end: number, cycles: number): Schedule {
  return (since) => max(0, between(end, 0.5 * (1 + cos(2 * PI * cycles * (since / max(1, rest))))));
}

function cosineWithRestarts({ rest }: Spans, end: number, cycles: number): Schedule {
  return (since) => between(end, since >= rest ? 0 : 0.5 * (1 + cos(PI * ((cycles * (since / max(1, rest))) % 1))));
}

function stableDecay(
  config: ScheduleConfig & { readonly kind: 'warmupStableDecay' },
  { warmup, rest }: Spans,
): Schedule {
  const { end = 0, shape = 'cosine' } = config;
  const decay = stepsOf(config.decay, warmup + rest);
  return (since) => between(end, since >= rest ? 0 : ramp(shape, Math.min(1, (rest - since) / max(1, decay))));
}

/** The factor by the steps since the end of the warm-up. */
function afterWarmup(config: ScheduleConfig, spans: Spans): Schedule {
  switch (config.kind) {
    case 'constant':
      return () => 1;
    case 'linear':
      return polynomial(spans, config.end ?? 0, 1);
    case 'cosine':
      return cosine(spans, config.end ?? 0, config.cycles ?? 0.5);
    case 'cosineWithRestarts':
      return cosineWithRestarts(spans, config.end ?? 0, config.cycles ?? 1);
    case 'polynomial':
      return polynomial(spans, config.end ?? 0, config.power ?? 1);
    case 'inverseSquareRoot': {
      const timescale = config.timescale ?? (spans.warmup || 10_000);
      return (since) => 1 / sqrt((since + timescale) / timescale);
    }
    case 'warmupStableDecay':
      return stableDecay(config, spans);
    default:
      return unreachable(config);
  }
}

/**
 * The schedule of a run of `totalSteps`: multiply a learning rate by it.
 * @throws ArgumentError when the run has no steps, the phases are longer than the run, or a number has no meaning
 */
export function schedule(config: ScheduleConfig, totalSteps: number): Schedule {
  checkSchedule(config, totalSteps);
  const { shape = 'linear', from = 0 } = config.warmup ?? {};
  const warmup = stepsOf(config.warmup, totalSteps);
  const after = afterWarmup(config, { warmup, rest: totalSteps - warmup });
  return (step) => (step < warmup ? between(from, ramp(shape, step / warmup)) : after(step - warmup));
}
