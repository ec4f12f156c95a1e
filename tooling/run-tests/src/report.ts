import type { Entry } from './count-tasks.ts';

function sum(entries: readonly Entry[], field: 'passed' | 'failed' | 'skipped'): number {
  return entries.reduce((total, entry) => total + entry[field], 0);
}

function countLine(entries: readonly Entry[]): string {
  const skipped = sum(entries, 'skipped');
  return `${sum(entries, 'passed')} passed, ${sum(entries, 'failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * The report of a run: a line for each check and package, what was skipped and what failed, and the count as last line.
 *
 * @param notes lines that tests print for the reader: what they skip and why, which engines they ran on
 */
export function report(entries: readonly Entry[], notes: readonly string[]): string {
  const width = Math.max(0, ...entries.map(({ title }) => title.length));
  const cached = entries.filter((entry) => entry.cached).length;
  return [
    ...entries.map((entry) => `${entry.title.padEnd(width)}  ${countLine([entry])}${entry.cached ? ' (cached)' : ''}`),
    `${cached} of ${entries.length} tasks from the cache`,
    ...notes,
    ...entries.flatMap(({ failures }) => failures.map((failure) => `FAILED ${failure}`)),
    countLine(entries),
  ].join('\n');
}
