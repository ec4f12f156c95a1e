import { expect, test } from 'vitest';
import { noProgress, showProgress } from './progress-display.ts';
import { StatusLine } from './status-line.ts';
import { MemoryOutput } from './surroundings.test.support.ts';

/** The display after updates at the given seconds, each of a hundred rows more. */
function displayed(isTerminal: boolean, seconds: readonly number[]): string {
  const output = new MemoryOutput(isTerminal);
  let time = 0;
  const screen = { line: new StatusLine(output), isTerminal, now: () => time * 1000 };
  const progress = showProgress({ label: 'encoding', unit: 'rows', total: 1000 }, screen);
  for (const [index, second] of seconds.entries()) {
    time = second;
    progress.update((index + 1) * 100);
  }
  progress.end();
  return output.text;
}

test('a terminal shows the line anew ten times a second at most, and no line at the end', () => {
  const lines = displayed(true, [1, 1.05, 2]).split('\r\u001b[K');
  expect(lines).toEqual([
    '',
    'encoding  100 of 1,000 rows (10 %)  100/s  9 s left',
    'encoding  300 of 1,000 rows (30 %)  150/s  5 s left',
    '',
  ]);
});

test('a log has a line every ten seconds at most, and no control codes', () => {
  expect(displayed(false, [1, 9.9, 10, 19, 21])).toBe(
    'encoding  300 of 1,000 rows (30 %)  30/s  23 s left\nencoding  500 of 1,000 rows (50 %)  24/s  21 s left\n',
  );
});

test('a line never wraps', () => {
  const output = new MemoryOutput(true);
  new StatusLine(output).show('x'.repeat(500));
  expect(output.text).toBe(`\r\u001b[K${'x'.repeat(99)}`);
});

test('no progress shows nothing', () => {
  expect(() => {
    noProgress.update(1);
    noProgress.end();
  }).not.toThrow();
});
