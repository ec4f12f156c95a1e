import { parseTestResults, type TestCounts } from './test-results.ts';
import type { TaskRun } from './turbo-summary.ts';

/** A line of the report: a check, or the tests of one package. */
export interface Entry extends TestCounts {
  readonly title: string;
  readonly cached: boolean;
}

/**
 * What a task adds to the count: a check or a build counts as one test, a `test` task as its tests.
 * A test task that fails without naming a failed test counts as one failure, whatever its report says.
 *
 * @param results text of the report of a `test` task, undefined when it left none
 * @param root folder of the repository
 */
export function countTask(
  { task, package: name, cached, exitCode }: TaskRun,
  results: string | undefined,
  root: string,
): Entry {
  const title = name === '//' ? task : `${name} ${task}`;
  const alone = exitCode === 0 ? [] : [`${title}: exit code ${exitCode}`];
  if (task !== 'test') {
    return { title, cached, passed: 1 - alone.length, failed: alone.length, skipped: 0, failures: alone };
  }
  if (results === undefined) {
    return { title, cached, passed: 0, failed: 1, skipped: 0, failures: [`${title}: left no report`] };
  }
  const counts = parseTestResults(results, root);
  if (counts.failed > 0 || exitCode === 0) return { title, cached, ...counts };
  return { title, cached, ...counts, failed: 1, failures: alone };
}
