// How the recorded values of scikit-learn, scipy and sentence-transformers are compared with ours.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { METRIC_NOTES, type Metric } from './metric.ts';

/** What the reference gave: a value, with the warnings it made, or an error. NaN is a text. */
export interface RecordedValue {
  readonly value?: number | string | null;
  readonly error?: string;
  readonly warnings?: readonly string[];
}

const TOLERANCE = 1e-10;

export function readRecorded<T>(file: string): T {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../fixtures/${file}`, 'utf8')) as T;
}

/**
 * Expects the recorded value. Where the reference has none (NaN, or an error for no rows), ours is undefined or the
 * `convention`, and either has a note; where the reference warns, a note says why.
 */
export function expectRecorded(metric: Metric, recorded: RecordedValue | undefined, convention?: number): void {
  expect(recorded).toBeDefined();
  const { value, warnings } = recorded ?? {};
  if (metric.note !== undefined) expect(METRIC_NOTES[metric.note]).toBeTypeOf('string');
  if (typeof value === 'number') {
    expect(Math.abs((metric.value ?? NaN) - value)).toBeLessThan(TOLERANCE);
    if (warnings !== undefined) expect(metric.note, 'the reference warns').toBeDefined();
    return;
  }
  expect(metric.note, 'the reference has no value').toBeDefined();
  expect(metric.value).toBe(convention);
}
