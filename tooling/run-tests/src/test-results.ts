import { relative } from 'node:path';

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each test that failed. */
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Counts the tests of the report that vitest's JSON reporter writes, naming files relative to `root`.
 * A file that fails without a failed test counts as one failure.
 */
export function parseTestResults(text: string, root: string): TestCounts {
  const report: VitestReport = JSON.parse(text);
  const testResults = report.testResults.map((file) => ({ ...file, name: relative(root, file.name) }));
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ status, line: `${name}: ${fullName}` })),
  );
  const brokenFiles = testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    )
    .map(({ name, message }) => `${name}: ${message.split('\n')[0]}`);
  const failures = [...tests.filter(({ status }) => status === 'failed').map(({ line }) => line), ...brokenFiles];
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return {
    passed,
    failed: failures.length,
    skipped: tests.length + brokenFiles.length - passed - failures.length,
    failures,
  };
}
