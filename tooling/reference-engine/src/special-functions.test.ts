import { describe, expect, it } from 'vitest';
import { erf, erfc, gelu, geluTanh, logSumExp, sigmoid, softplus } from './special-functions.ts';

const nearly = (actual: number, expected: number): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(4e-15 * Math.abs(expected));
};

describe('the special functions have the digits of published tables', () => {
  it('erf and erfc', () => {
    // Abramowitz and Stegun, table 7.1; the other digits as in the C library (math.erf of Python).
    nearly(erf(0.1), 0.1124629160182849);
    nearly(erf(0.5), 0.5204998778130465);
    nearly(erf(1), 0.8427007929497149);
    nearly(erf(2), 0.9953222650189527);
    nearly(erfc(3), 2.209049699858544e-5);
    nearly(erfc(5), 1.5374597944280349e-12);
    nearly(erfc(-1), 1.842700792949715);
    expect([erf(0), erf(1000), erf(-1000), erfc(1000)]).toEqual([0, 1, -1, 0]);
  });

  it('erf is continuous where its two formulas meet', () => {
    nearly(erf(2 + 2 ** -51), erf(2));
  });

  it('sigmoid and softplus, which neither overflow nor lose small values', () => {
    nearly(sigmoid(2), 0.8807970779778823);
    nearly(softplus(2), 2.1269280110429727);
    nearly(softplus(-40), 4.248354255291589e-18);
    expect([sigmoid(1000), softplus(1000), softplus(-1000)]).toEqual([1, 1000, 0]);
  });

  it('gelu, exact and approximated', () => {
    nearly(gelu(1), 0.8413447460685429);
    nearly(gelu(-3), -0.004049694094890287);
    nearly(geluTanh(1), 0.8411919906082768);
  });

  it('logSumExp', () => {
    nearly(logSumExp([1, 2, 3]), 3.4076059644443806);
    expect(logSumExp([1000, 1000])).toBe(1000 + Math.log(2));
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
  });
});
