import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isFile, isFolder, isThere } from './path-kinds.ts';

const folder = mkdtempSync(join(tmpdir(), 'path-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'file'), '');

test.each([
  ['a file', 'file', [true, true, false]],
  ['a folder', '.', [true, false, true]],
  ['nothing', 'gone', [false, false, false]],
  ['a path through a file', 'file/below', [false, false, false]],
])('%s', async (_, name, kinds) => {
  const path = join(folder, name);
  expect([await isThere(path), await isFile(path), await isFolder(path)]).toEqual(kinds);
});
