import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { pathInside } from './path-inside.ts';
import { writeAtomically } from './write-atomically.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('an atomic write', () => {
  test('makes its folder, replaces what was there and leaves nothing beside it', async () => {
    const path = join(folder, 'a', 'b.txt');
    await writeAtomically(path, 'one');
    await writeAtomically(path, async (file) => file.writeFile('two'));
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.txt']);
  });

  test('that fails half way leaves the old file and nothing else', async () => {
    const path = join(folder, 'c', 'd.txt');
    await writeAtomically(path, 'old');
    const failing = writeAtomically(path, async (file) => {
      await file.writeFile('half');
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await expect(failing).rejects.toThrow(`cannot write ${path}: the disk is full; free some space and try again`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(join(folder, 'c'))).toEqual(['d.txt']);
  });

  test('says so where a part of its path is a file', async () => {
    await writeAtomically(join(folder, 'file'), '');
    await expect(writeAtomically(join(folder, 'file', 'x'), '')).rejects.toThrow(ModelFileError);
  });
});

describe('a name from a file', () => {
  test.each(['..', '../x', 'a/../../b', 'a\\..\\b', '/etc/passwd', '\\\\host\\x', 'C:\\x', 'c:x', 'a\0b'])(
    '%j never becomes a path',
    (name) => {
      expect(() => pathInside('/models/m', name, 'modules.json')).toThrow(ModelFileError);
      expect(() => pathInside('/models/m', name, 'modules.json')).toThrow(
        /modules\.json names the path .*: it .*; only paths below/,
      );
    },
  );

  test('stays below the folder, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', 'x.json')), (parts) => {
        try {
          expect(`${pathInside('/m', parts.join(''), 'f')}/`.startsWith('/m/')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ModelFileError);
        }
      }),
    );
  });
});
