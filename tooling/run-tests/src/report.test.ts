import { expect, it } from 'vitest';
import { report } from './report.ts';

const PASSED = { title: 'check-lint', cached: true, passed: 1, failed: 0, skipped: 0, failures: [] };
const TESTS = {
  title: 'core test',
  cached: false,
  passed: 40,
  failed: 1,
  skipped: 0,
  failures: ['a.test.ts: a contract'],
};

it('ends with the sum over all entries', () => {
  const lines = report([PASSED, TESTS], ['SKIPPED fixtures: absent']).split('\n');
  expect(lines).toEqual([
    'check-lint  1 passed, 0 failed (cached)',
    'core test   40 passed, 1 failed',
    '1 of 2 tasks from the cache',
    'SKIPPED fixtures: absent',
    'FAILED a.test.ts: a contract',
    '41 passed, 1 failed',
  ]);
});

it('says how many tests were skipped, if any were', () => {
  expect(
    report([{ ...PASSED, skipped: 3 }], [])
      .split('\n')
      .at(-1),
  ).toBe('1 passed, 0 failed, 3 skipped');
});
