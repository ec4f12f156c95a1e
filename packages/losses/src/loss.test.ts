import fc from 'fast-check';
import { expect, it } from 'vitest';
import { binaryCrossEntropy } from './binary-cross-entropy.ts';
import { crossEntropy } from './cross-entropy.ts';
import { meanSquaredError } from './regression.ts';
import { runLoss } from './run-loss.test.support.ts';

const number = fc.double({ min: -30, max: 30, noNaN: true });
const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 6 });

it('the loss of rows is their mean, and a share of it where a total is fed', async () => {
  const outputs = [[1], [2], [4]];
  const targets = [[1], [0], [NaN]];
  expect((await runLoss(outputs, targets, meanSquaredError)).loss).toBe(2); // (0 + 4) / 2
  const { loss, gradient } = await runLoss(outputs, targets, meanSquaredError, 8);
  expect(loss).toBe(0.5);
  expect(gradient).toEqual([0, 0.5, 0]);
});

it('a total of 0, of a batch without any label, gives exactly 0', async () => {
  const { loss, gradient } = await runLoss([[1], [2]], [[NaN], [NaN]], meanSquaredError, 0);
  expect([loss, ...gradient].every((entry) => entry === 0)).toBe(true);
});

it('a missing label passes no gradient, whatever the outputs', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (outputs, present) => {
      const classes = outputs.map((_, row) => (present[row] ? row % 3 : -100));
      const tags = outputs.map((_, row) => (present[row] ? [1, 0, NaN] : [NaN, NaN, NaN]));
      const runs = [
        await runLoss(outputs, { classes }, (x, y) => crossEntropy(x, y, { labelSmoothing: 0.1 })),
        await runLoss(outputs, tags, (x, y) => binaryCrossEntropy(x, y)),
        await runLoss(outputs, tags, (x, y) => meanSquaredError(x, y)),
      ];
      for (const { loss, gradient } of runs) {
        expect([loss, ...gradient].every(Number.isFinite)).toBe(true);
        outputs.forEach((_, row) => {
          const slopes = gradient.slice(3 * row, 3 * row + 3);
          if (!present[row]) expect(slopes.every((slope) => slope === 0)).toBe(true);
        });
      }
    }),
    { numRuns: 60 },
  );
});
