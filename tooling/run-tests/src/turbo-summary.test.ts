import { expect, it } from 'vitest';
import { parseTurboSummary } from './turbo-summary.ts';

const TASK = {
  task: 'build',
  package: 'a',
  directory: 'packages/a',
  logFile: 'packages/a/.turbo/turbo-build.log',
  command: 'tsc -b',
};

it('reads the tasks that have a command', () => {
  const tasks = [
    { ...TASK, cache: { status: 'HIT' }, execution: { exitCode: 0 } },
    { ...TASK, cache: { status: 'MISS' }, execution: { exitCode: 2 } },
    { ...TASK, cache: { status: 'MISS' }, execution: { exitCode: 0 }, command: '<NONEXISTENT>' },
  ];
  const runs = parseTurboSummary(JSON.stringify({ tasks }));
  expect(runs.map(({ cached, exitCode }) => [cached, exitCode])).toEqual([
    [true, 0],
    [false, 2],
  ]);
});

it('counts a task that was never executed as failed', () => {
  const tasks = [{ ...TASK, cache: { status: 'MISS' }, execution: null }];
  expect(parseTurboSummary(JSON.stringify({ tasks }))[0]?.exitCode).toBe(1);
});
