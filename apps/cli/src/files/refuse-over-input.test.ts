import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../command-line/errors.ts';
import { refuseOverInput } from './refuse-over-input.ts';

test('a file that is read is not written, by whatever path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'over-input-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const of = (name: string): string => join(folder, name);
  writeFileSync(of('rows.csv'), 'text\n');
  writeFileSync(of('other.csv'), 'text\n');
  symlinkSync(of('rows.csv'), of('symbolic.csv'));
  linkSync(of('rows.csv'), of('hard.csv'));
  for (const name of ['rows.csv', 'symbolic.csv', 'hard.csv', '../' + folder.split('/').at(-1) + '/rows.csv']) {
    const refused = refuseOverInput('--out rows.csv', join(folder, name), [of('other.csv'), of('rows.csv')]);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow('--out rows.csv is the file that is read, and would write over its rows');
  }
  await refuseOverInput('--out new.csv', of('new.csv'), [of('rows.csv'), of('gone.csv')]);
  await refuseOverInput('--out other.csv', of('other.csv'), [of('rows.csv')]);
});
