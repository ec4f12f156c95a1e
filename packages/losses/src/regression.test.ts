import { expect, it } from 'vitest';
import { huber, meanAbsoluteError, smoothL1 } from './regression.ts';
import { runLoss } from './run-loss.test.support.ts';

const outputs = [
  [1, 2],
  [-1, 0.25],
];
const targets = [
  [0, NaN],
  [1, 0.25],
];

it('meanAbsoluteError is the mean over the present entries, flat where the error is 0', async () => {
  const { loss, gradient } = await runLoss(outputs, targets, meanAbsoluteError);
  expect(loss).toBe(1); // (1 + 2 + 0) / 3
  expect(gradient).toEqual([1 / 3, 0, -1 / 3, 0].map(Math.fround));
});

it('huber is half the square near 0 and a line far out, smoothL1 the same divided by β', async () => {
  const { loss } = await runLoss(outputs, targets, (x, y) => huber(x, y, 1.5));
  expect(loss).toBeCloseTo((0.5 + 1.5 * (2 - 0.75)) / 3, 6);
  const smooth = await runLoss(outputs, targets, (x, y) => smoothL1(x, y, 1.5));
  expect(smooth.loss).toBeCloseTo(loss / 1.5, 6);
});
