import { expect, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

test.each([
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167814],
  [1e-20, -9.262340089798409],
  [0.975, 1.959963984540054],
])('the normal quantile of %d is that of the published table', (probability, quantile) => {
  expect(Math.abs(normalQuantile(probability) / quantile - 1)).toBeLessThan(1e-15);
});

test('the normal quantile is odd about one half and grows without a jump where its formulas meet', () => {
  expect(normalQuantile(0.5)).toBe(0);
  for (const border of [0.075, Math.exp(-25)]) {
    const rise = normalQuantile(border * (1 + 1e-9)) - normalQuantile(border * (1 - 1e-9));
    expect(rise).toBeGreaterThan(0);
    expect(rise).toBeLessThan(2e-9);
    expect(normalQuantile(1 - 0.075)).toBeCloseTo(-normalQuantile(0.075), 14);
  }
});
