import { describe, expect, it } from 'vitest';
import { comparisonText } from './comparison.ts';
import type { MeasuredInterval, TaskResult } from './results.ts';

function result(primary: string, difference: MeasuredInterval): TaskResult {
  const interval = { value: 0.9, low: null, high: null };
  const model = { kind: 'classification', rows: 10, primary, interval, metrics: {} };
  return { model, baselines: {}, best: { name: 'tfidf', difference } };
}

const END = 'the best simple method, TF-IDF, linear, 95 % interval of the difference';

describe('comparisonText', () => {
  it('tells better from worse, and what may be chance', () => {
    expect(comparisonText(result('accuracy', { value: 0.035, low: 0.022, high: 0.047 }))).toBe(
      `0.035 better than ${END} 0.022 to 0.047`,
    );
    expect(comparisonText(result('accuracy', { value: 0.01, low: -0.002, high: 0.021 }))).toBe(
      `0.010 better than ${END} −0.002 to 0.021: this may be chance`,
    );
    expect(comparisonText(result('accuracy', { value: -0.2, low: -0.3, high: -0.1 }))).toBe(
      `0.200 worse than ${END} −0.300 to −0.100`,
    );
  });

  it('takes less of an error for better', () => {
    expect(comparisonText(result('meanAbsoluteError', { value: -0.5, low: -0.7, high: -0.3 }))).toBe(
      `0.500 better than ${END} 0.300 to 0.700`,
    );
  });

  it('says where there is nothing to compare with', () => {
    const { model, baselines } = result('accuracy', { value: null, low: null, high: null });
    expect(comparisonText({ model, baselines })).toBe('not compared with simple methods');
  });
});
