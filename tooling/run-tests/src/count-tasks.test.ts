import { describe, expect, it } from 'vitest';
import { countTask } from './count-tasks.ts';
import type { TaskRun } from './turbo-summary.ts';

const TEST: TaskRun = {
  task: 'test',
  package: '@sentence-mtl/core',
  directory: 'packages/core',
  logFile: 'packages/core/.turbo/turbo-test.log',
  cached: false,
  exitCode: 0,
};

function results(statuses: readonly string[], file = 'passed'): string {
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status }));
  return JSON.stringify({
    testResults: [{ name: '/clone/a.test.ts', status: file, message: 'broken\nat line 1', assertionResults }],
  });
}

describe('countTask', () => {
  it('counts a check as one test', () => {
    expect(countTask({ ...TEST, package: '//', task: 'check-lint' }, undefined, '/clone')).toMatchObject({
      passed: 1,
      failed: 0,
    });
    expect(countTask({ ...TEST, task: 'build', exitCode: 2 }, undefined, '/clone')).toMatchObject({
      passed: 0,
      failed: 1,
      failures: ['@sentence-mtl/core build: exit code 2'],
    });
  });

  it('counts the tests of a package, whether they ran or came from the cache', () => {
    const counts = { passed: 2, failed: 0, skipped: 1, failures: [] };
    expect(countTask(TEST, results(['passed', 'skipped', 'passed']), '/clone')).toMatchObject(counts);
    expect(countTask({ ...TEST, cached: true }, results(['passed', 'pending', 'passed']), '/clone')).toMatchObject(
      counts,
    );
  });

  it('names the tests that failed', () => {
    expect(countTask({ ...TEST, exitCode: 1 }, results(['passed', 'failed'], 'failed'), '/clone')).toMatchObject({
      passed: 1,
      failed: 1,
      failures: ['a.test.ts: test 1'],
    });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    expect(countTask({ ...TEST, exitCode: 1 }, results([], 'failed'), '/clone')).toMatchObject({
      failed: 1,
      failures: ['a.test.ts: broken'],
    });
  });

  it('counts a run that fails after its tests passed as a failure', () => {
    expect(countTask({ ...TEST, exitCode: 1 }, results(['passed']), '/clone')).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a run that left no report as a failure', () => {
    expect(countTask(TEST, undefined, '/clone')).toMatchObject({ passed: 0, failed: 1 });
  });
});
