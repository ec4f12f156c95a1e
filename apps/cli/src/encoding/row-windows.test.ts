import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowWindows } from './row-windows.ts';

async function windowsOf(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
  async function* source(): AsyncGenerator<string> {
    yield* texts;
  }
  const windows: (readonly string[])[] = [];
  for await (const window of rowWindows(source(), ({ length }) => length)) windows.push(window);
  return windows;
}

test('windows hold all texts in order, none is empty, and none is larger than one text must be', async () => {
  const length = fc.oneof(fc.nat(200), fc.nat(50_000), fc.constant(70_000));
  await fc.assert(
    fc.asyncProperty(fc.array(length, { maxLength: 60 }), async (lengths) => {
      const texts = lengths.map((units, row) => `${row}`.padEnd(units));
      const windows = await windowsOf(texts);
      expect(windows.flat()).toEqual(texts);
      for (const window of windows) {
        expect(window.length).toBeGreaterThan(0);
        if (window.length > 1) expect(window.join('').length).toBeLessThanOrEqual(65_536);
      }
    }),
    { numRuns: 50 },
  );
});

test('a window has at most 4096 texts', async () => {
  const windows = await windowsOf(Array.from({ length: 5000 }, () => ''));
  expect(windows.map(({ length }) => length)).toEqual([4096, 904]);
});
