import { expect, it } from 'vitest';
import { focalLoss, sigmoidFocalLoss } from './focal.ts';
import { runLoss } from './run-loss.test.support.ts';

it('focalLoss multiplies the cross entropy by a power of the doubt', async () => {
  const { loss } = await runLoss([[0, Math.log(3)]], { classes: [0] }, (x, y) => focalLoss(x, y, 2));
  expect(loss).toBeCloseTo(0.75 ** 2 * Math.log(4), 6); // p = 1/4
});

it.each([0, 0.3, 0.5, 1, 2])('a prediction without doubt has a finite gradient with γ = %f', async (gamma) => {
  const certain = [
    [100, -100, 0],
    [0, 100, 0],
  ];
  const classes = await runLoss(certain, { classes: [0, -100] }, (x, y) => focalLoss(x, y, gamma));
  const tags = [
    [1, 0, 1],
    [NaN, 1, NaN],
  ];
  const labels = await runLoss(certain, tags, (x, y) => sigmoidFocalLoss(x, y, gamma, 0.25));
  for (const { loss, gradient } of [classes, labels]) expect([loss, ...gradient].every(Number.isFinite)).toBe(true);
});
