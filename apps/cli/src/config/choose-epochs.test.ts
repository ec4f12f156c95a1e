import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseEpochs } from './choose-epochs.ts';
import { settingsSchema } from './settings.ts';

const defaults = settingsSchema.parse({});

test('what is given stays', () => {
  const { settings, note } = chooseEpochs({ ...defaults, epochs: 1 }, 10);
  expect([settings.epochs, note]).toEqual([1, undefined]);
});

test.each([
  [15_000, 3, 'epochs: 3, which are 1,407 steps; --epochs sets them'],
  [5344, 3, 'epochs: 3, which are 501 steps; --epochs sets them'],
  [3000, 6, 'epochs: 6, since 3 would be fewer than 500 steps; --epochs sets them'],
  [750, 20, 'epochs: 20, the most, since one is 24 steps only; --epochs sets them'],
  [140, 20, 'epochs: 20, the most, since one is 5 steps only; --epochs sets them'],
  [1, 20, 'epochs: 20, the most, since one is 1 step only; --epochs sets them'],
])('%i rows are seen %i times', (rows, epochs, note) => {
  const chosen = chooseEpochs(defaults, rows);
  expect([chosen.settings.epochs, chosen.note]).toEqual([epochs, note]);
});

test('there are never fewer than 3 epochs or more than 20, and 500 steps wherever these allow', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 512 }), (rows, batchSize) => {
      const { epochs } = chooseEpochs({ ...defaults, batchSize }, rows).settings;
      const steps = epochs * Math.ceil(rows / batchSize);
      expect(epochs).toBeGreaterThanOrEqual(3);
      expect(epochs).toBeLessThanOrEqual(20);
      if (epochs < 20) expect(steps).toBeGreaterThanOrEqual(500);
      if (epochs > 3) expect(steps - Math.ceil(rows / batchSize)).toBeLessThan(500);
    }),
  );
});
