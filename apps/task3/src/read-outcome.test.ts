import { describe, expect, it } from 'vitest';
import type { Measured } from './measure-tasks.ts';
import { readOutcome, uncertainty, type Comparison, type Outcome } from './read-outcome.ts';
import { SCENARIOS } from './scenarios.ts';

const ROWS = 400;

/** The first rows right, the others wrong. */
function measured(accuracy: number): Measured {
  const right = Math.round(accuracy * ROWS);
  return { accuracy, rows: ROWS, hits: '1'.repeat(right) + '0'.repeat(ROWS - right) };
}

/** The outcomes of the first scenarios, as they might be measured. */
function comparison(figures: readonly (readonly [seconds: number, sentiment: number, intent: number])[]): Comparison {
  const outcomes = figures.map(([secondsPerEpoch, sentiment, intent], index): Outcome => {
    const scenario = SCENARIOS[index];
    if (scenario === undefined) throw new Error('there are not so many scenarios');
    const tasks = { sentiment: measured(sentiment), intent: measured(intent) };
    return { scenario, trainedParameters: index === 0 ? 0 : index * 1000, secondsPerEpoch, memoryMb: 100, tasks };
  });
  const [before] = outcomes;
  if (before === undefined) throw new Error('nothing was measured');
  return { outcomes, before };
}

const all = comparison([
  [0, 0.8, 0.15],
  [1, 0.8, 0.7],
  [10, 0.79, 0.95],
  [9, 0.6, 0.96],
  [5, 0.8, 0.95],
  [6, 0.79, 0.9],
  [12, 0.81, 0.95],
]);

const reading = (index: number, of = all): ReturnType<typeof readOutcome> => {
  const outcome = of.outcomes[index];
  if (outcome === undefined) throw new Error(`there is no outcome ${index}`);
  return readOutcome(outcome, of);
};

describe('what a scenario implies', () => {
  it('is read from the measured differences', () => {
    expect(reading(0).implies).toBe('nothing is learnt and nothing lost: sentiment 80.0 %, intent 15.0 %');
    expect(reading(1).implies).toBe(
      '16.7 % of the parameters train, an epoch is 12 times as fast as everything trained; sentiment is level with everything trained; intent is 25.0 points below everything trained; sentiment stays at 80.0 %',
    );
    expect(reading(6).implies).toContain('intent is 25.0 points above heads only');
  });

  it('tells what becomes of the old task', () => {
    expect(reading(3).implies).toContain(
      'sentiment loses 20.0 points (80.0 % → 60.0 %): the encoder moved away from under its head',
    );
    expect(reading(2).implies).toContain(
      'sentiment stays what it was, within what its rows can tell (80.0 % → 79.0 %)',
    );
  });

  it('says nothing of differences that so few rows cannot show', () => {
    const [one, other] = [measured(0.5), { accuracy: 0.5, rows: ROWS, hits: '01'.repeat(ROWS / 2) }];
    expect(uncertainty(one, other)).toBeCloseTo((2 * Math.sqrt(201)) / ROWS, 10);
    expect(uncertainty(one, one)).toBeCloseTo(2 / ROWS, 10);
    expect(uncertainty(measured(0.8), measured(0.79))).toBeGreaterThan(0.01);
    expect(uncertainty(measured(0.8), measured(0.78))).toBeLessThan(0.02);
    const level = comparison(Array.from({ length: 7 }, (_, i) => [i, 0.8, 0.8 + i / 1000] as const));
    expect(reading(5, level).implies).toContain('intent is level with everything trained');
  });
});

describe('when to choose a scenario', () => {
  it('follows from the same figures', () => {
    expect(reading(0).choose).toBe('only when intent is not needed: trained, it gains 81.0 points');
    expect(reading(1).choose).toBe('when time or memory counts for more than 26.0 points of intent');
    expect(reading(3).choose).toBe(
      'when time or memory counts for more than 21.0 points of sentiment, if sentiment may get worse',
    );
    expect(reading(4).choose).toMatch(/^first, on this data/);
    expect(reading(6).choose).toBe(
      'hardly on this data: it is no better than lower layers frozen and takes 2.4 times the time of it',
    );
  });

  it('is another where the figures are others', () => {
    const other = comparison([[0, 0.8, 0.9], ...Array.from({ length: 6 }, (_, i) => [i + 1, 0.8, 0.9] as const)]);
    expect(reading(0, other).choose).toBe('when nothing is to change: training gained nothing');
    expect(reading(1, other).choose).toMatch(/^first, on this data/);
    expect(reading(4, other).choose).toMatch(/no better than heads only and takes 4\.0 times the time of it/);
  });
});
