// fixtures/schedules.json is recorded from transformers.get_scheduler: 40 planned steps and 10 past the end.
import { readFileSync } from 'node:fs';
import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RampShape, ScheduleConfig } from './schedule-config.ts';
import { schedule } from './schedule.ts';

interface Recorded {
  readonly base_lr: number;
  readonly num_training_steps: number;
  readonly schedules: readonly {
    readonly name: string;
    readonly settings: Readonly<Record<string, number | string>>;
    readonly warmup: number | null;
    readonly lr: readonly number[];
  }[];
}

const file = `${import.meta.dirname}/../../fixtures/schedules.json`;
const recorded: Recorded = JSON.parse(readFileSync(file, 'utf8'));
const warmup = { steps: 5 };
const decay = { steps: 15 };

/** The recorded sequences in their order, as configs of ours. Rates there are factors here. */
const configs: readonly ScheduleConfig[] = [
  { kind: 'constant' },
  { kind: 'constant', warmup },
  { kind: 'linear' },
  { kind: 'linear', warmup },
  { kind: 'cosine' },
  { kind: 'cosine', warmup },
  { kind: 'cosine', warmup, cycles: 1.5 },
  { kind: 'cosineWithRestarts', warmup, cycles: 3 },
  { kind: 'polynomial', warmup, power: 2, end: 1e-6 / recorded.base_lr },
  { kind: 'polynomial', warmup, end: 1e-7 / recorded.base_lr },
  { kind: 'inverseSquareRoot', warmup },
  { kind: 'inverseSquareRoot', warmup, timescale: 20 },
  { kind: 'cosine', warmup, end: 0.1 },
  { kind: 'warmupStableDecay', warmup, decay },
  { kind: 'warmupStableDecay', warmup: { steps: 5, from: 0.1 }, decay, shape: 'linear', end: 0.1 },
  { kind: 'warmupStableDecay', warmup, decay, shape: 'oneMinusSquareRoot' },
  { kind: 'warmupStableDecay', warmup: { steps: 5, shape: 'cosine' }, decay },
];

test('every recorded sequence has a config', () => {
  expect(configs).toHaveLength(17);
  expect(recorded.schedules).toHaveLength(17);
});

test.each(recorded.schedules.map(({ name, settings, lr }, i) => ({ name, settings, lr, config: configs[i] })))(
  'transformers: $name $settings, to 1e-12 at each step',
  ({ config = { kind: 'constant' }, lr }) => {
    const factor = schedule(config, recorded.num_training_steps);
    const differences = lr.map((rate, step) => Math.abs(recorded.base_lr * factor(step) - rate));
    expect(differences).toHaveLength(50);
    expect(Math.max(...differences)).toBeLessThan(1e-12);
  },
);

describe('spans by a share of the steps', () => {
  test('are those by their number, rounded up', () => {
    const byShare = schedule({ kind: 'linear', warmup: { fraction: 0.11 } }, 40);
    const bySteps = schedule({ kind: 'linear', warmup: { steps: 5 } }, 40);
    for (let step = 0; step < 50; step++) expect(byShare(step)).toBe(bySteps(step));
  });

  test('a share whose product is whole but for rounding is not rounded up', () => {
    expect(0.07 * 100).toBeGreaterThan(7);
    expect(schedule({ kind: 'constant', warmup: { fraction: 0.07 } }, 100)(7)).toBe(1);
    expect(schedule({ kind: 'constant', warmup: { fraction: 0.07 } }, 100)(6)).toBeLessThan(1);
  });
});

const shapes = fc.constantFrom<RampShape>('linear', 'cosine', 'oneMinusSquareRoot');
const warmups = fc.record({
  fraction: fc.double({ min: 0, max: 0.4, noNaN: true }),
  shape: shapes,
  from: fc.constantFrom(0, 0.2),
});
const falling = fc.oneof(
  fc.record({
    kind: fc.constantFrom('linear' as const, 'cosine' as const),
    end: fc.constantFrom(0, 0.1),
    warmup: warmups,
  }),
  fc.record({
    kind: fc.constant('polynomial' as const),
    power: fc.double({ min: 0.1, max: 4, noNaN: true }),
    warmup: warmups,
  }),
  fc.record({ kind: fc.constant('inverseSquareRoot' as const), warmup: warmups }),
  fc.record({
    kind: fc.constant('warmupStableDecay' as const),
    decay: fc.record({ fraction: fc.double({ min: 0, max: 0.5, noNaN: true }) }),
    shape: shapes,
    warmup: warmups,
  }),
);

test('a factor rises in the warm-up, is 1 after it and then never rises, and stays in [0, 1]', () => {
  fc.assert(
    fc.property(falling, fc.integer({ min: 10, max: 300 }), (config, total) => {
      const warm = Math.ceil(config.warmup.fraction * total - 1e-9);
      const factors = Array.from({ length: total }, (_, step) => schedule(config, total)(step));
      expect(factors[warm]).toBeCloseTo(1, 12);
      factors.forEach((factor, step) => {
        expect(factor).toBeGreaterThanOrEqual(0);
        expect(factor).toBeLessThanOrEqual(1 + 1e-12);
        const next = factors[step + 1] ?? factor;
        if (step < warm) expect(next).toBeGreaterThanOrEqual(factor - 1e-12);
        else expect(next).toBeLessThanOrEqual(factor + 1e-12);
      });
    }),
  );
});

describe('what is refused', () => {
  test.each<[ScheduleConfig, number, string]>([
    [{ kind: 'linear' }, 0, 'a schedule of 0 steps; a run has a whole number of steps, 1 or more'],
    [{ kind: 'linear' }, NaN, 'a schedule of NaN steps'],
    [{ kind: 'linear', warmup: { steps: 41 } }, 40, 'the schedule has 41 steps of warm-up; the run has 40 steps'],
    [{ kind: 'linear', warmup: { steps: 1.5 } }, 40, 'the warm-up of a schedule is 1.5 steps; steps are whole'],
    [
      { kind: 'linear', warmup: { fraction: 10 } },
      40,
      'the warm-up fraction of a schedule is 10; it must be between 0 and 1',
    ],
    [{ kind: 'linear', end: NaN }, 40, 'the end of a schedule is NaN'],
    [{ kind: 'cosine', cycles: -1 }, 40, 'the cycles of a schedule is -1; it must be a number above 0'],
    [{ kind: 'inverseSquareRoot', timescale: 0 }, 40, 'the timescale of a schedule is 0'],
    [
      { kind: 'warmupStableDecay', warmup: { fraction: 0.6 }, decay: { fraction: 0.6 } },
      10,
      'the schedule has 6 of warm-up and 6 of decay; the run has 10 steps',
    ],
  ])('%o over %d steps', (config, total, message) => {
    expect(() => schedule(config, total)).toThrow(ArgumentError);
    expect(() => schedule(config, total)).toThrow(message);
  });
});
