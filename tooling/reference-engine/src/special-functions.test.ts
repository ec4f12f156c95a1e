import { describe, expect, it } from 'vitest';
import { erf, erfc, sigmoid, softplus } from './special-functions.ts';

/** Values to 17 digits. */
const exact: readonly (readonly [string, number, number])[] = [
  ['sigmoid(−40)', sigmoid(-40), 4.248354255291589e-18],
  ['sigmoid(−1)', sigmoid(-1), 0.2689414213699951],
  ['sigmoid(40)', sigmoid(40), 1],
  ['softplus(−40)', softplus(-40), 4.248354255291589e-18],
  ['softplus(1)', softplus(1), 1.3132616875182228],
  ['erf(0.5)', erf(0.5), 0.5204998778130465],
  ['erf(−3)', erf(-3), -0.9999779095030014],
  ['erfc(5)', erfc(5), 1.5374597944280347e-12],
];

describe('special functions', () => {
  it.each(exact)('%s has 13 digits right, tiny or not', (_name, value, expected) => {
    expect(Math.abs(value / expected - 1)).toBeLessThan(1e-13);
  });
});
