import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Confusion } from '../run/test-details.ts';
import { confusionGroups } from './confusion-groups.ts';

const confusion = fc
  .record({
    label: fc.integer({ min: 0, max: 30 }),
    predicted: fc.integer({ min: 0, max: 30 }),
    rows: fc.integer({ min: 1, max: 9 }),
  })
  .filter(({ label, predicted }) => label !== predicted)
  .map(({ label, predicted, rows }): Confusion => ({ label: `l${label}`, predicted: `l${predicted}`, rows }));
const confusions = fc.uniqueArray(confusion, {
  selector: ({ label, predicted }) => `${label} ${predicted}`,
  maxLength: 80,
});

describe('confusionGroups', () => {
  it('puts together what is taken for each other, the most wrong rows first', () => {
    const groups = confusionGroups([
      { label: 'yes', predicted: 'maybe', rows: 1 },
      { label: 'pto_used', predicted: 'pto_balance', rows: 3 },
      { label: 'pto_balance', predicted: 'pto_used', rows: 2 },
      { label: 'pto_request', predicted: 'pto_used', rows: 1 },
    ]);
    expect(groups).toEqual([
      { labels: ['pto_used', 'pto_balance', 'pto_request'], rows: 6 },
      { labels: ['maybe', 'yes'], rows: 1 },
    ]);
  });

  it('has every confused label in one group, none larger than the limit, whatever the order', () => {
    fc.assert(
      fc.property(confusions, fc.integer({ min: 2, max: 10 }), (given, limit) => {
        const groups = confusionGroups(given, limit);
        const labels = groups.flatMap((group) => group.labels);
        expect(new Set(labels).size).toBe(labels.length);
        expect(new Set(labels)).toEqual(new Set(given.flatMap(({ label, predicted }) => [label, predicted])));
        expect(Math.max(0, ...groups.map((group) => group.labels.length))).toBeLessThanOrEqual(limit);
        expect(confusionGroups(given.toReversed(), limit)).toEqual(groups);
      }),
    );
  });
});
