import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, typicalStepSeconds, type TimedStep } from './typical-step.ts';

const steps = fc.record({
  tokens: fc.array(fc.integer({ min: 50, max: 4000 }), { minLength: 20, maxLength: 20 }),
  start: fc.double({ min: 0.01, max: 1, noNaN: true }),
  each: fc.double({ min: 1e-5, max: 1e-3, noNaN: true }),
});
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

test('of steps that nothing has disturbed it is the mean', () => {
  fc.assert(
    fc.property(steps, ({ tokens, start, each }) => {
      const timed = tokens.map((count): TimedStep => ({ tokens: count, seconds: start + each * count }));
      expect(typicalStepSeconds(timed)).toBeCloseTo(mean(timed.map(({ seconds }) => seconds)), 9);
    }),
  );
});

test('steps that were not timed count with their tokens', () => {
  const timed = [100, 200, 300].map((tokens): TimedStep => ({ tokens, seconds: 1 + 0.01 * tokens }));
  expect(typicalStepSeconds(timed)).toBeCloseTo(3, 9);
  expect(typicalStepSeconds(timed, [...timed, { tokens: 1000 }])).toBeCloseTo(5, 9);
});

test('a fifth of the steps may take however long', () => {
  // Far apart, so that slopes between undisturbed steps are the most of all.
  const tokens = Array.from({ length: 20 }, (_, index) => 100 + 37 * ((index * 7) % 20));
  const even = tokens.map((count): TimedStep => ({ tokens: count, seconds: 0.05 + 1e-4 * count }));
  const expected = mean(even.map(({ seconds }) => seconds));
  for (const stall of [0.5, 10, 1000]) {
    const disturbed = even.map((step, index) => (index % 5 === 2 ? { ...step, seconds: step.seconds + stall } : step));
    expect(mean(disturbed.map(({ seconds }) => seconds))).toBeGreaterThan(1.8 * expected);
    expect(typicalStepSeconds(disturbed)).toBeGreaterThan(0.9 * expected);
    expect(typicalStepSeconds(disturbed)).toBeLessThan(1.1 * expected);
  }
});

test('of steps of equal tokens it is the median', () => {
  const timed = [3, 1, 100, 2].map((seconds): TimedStep => ({ tokens: 64, seconds }));
  expect(typicalStepSeconds(timed)).toBe(2.5);
  expect(median([5])).toBe(5);
  expect(median([])).toBeNaN();
});
