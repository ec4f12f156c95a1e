import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test.skipIf(process.platform === 'win32')('a Chromium on PATH is found, and CHROME_PATH comes before it', () => {
  const onPath = program('chromium');
  const named = program('my-chrome');
  const PATH = ['', '/nowhere', folder].join(delimiter);
  expect(findChromium({ PATH })).toBe(onPath);
  expect(findChromium({ PATH, CHROME_PATH: '' })).toBe(onPath);
  expect(findChromium({ PATH, CHROME_PATH: named })).toBe(named);
});

test('a CHROME_PATH that names no program is an error, not a skipped test', () => {
  expect(() => findChromium({ CHROME_PATH: '/nowhere/chrome' })).toThrow('CHROME_PATH is /nowhere/chrome');
});
