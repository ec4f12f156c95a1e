import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { fileChecksum } from './file-checksum.ts';
import { LineLog } from './line-log.ts';
import { replaceFolder, restoreFolder } from './replace-folder.ts';
import { createRowFile } from './row-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-files-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

describe('LineLog', () => {
  it('is cut where it is gone on from, and is then what it would have been', async () => {
    const path = join(folder, 'metrics.jsonl');
    const first = await LineLog.open(path);
    await first.append('{"step":1}');
    const { bytes } = first;
    await first.append('{"step":2,"ü":"torn');
    await first.close();
    const second = await LineLog.open(path, bytes);
    await second.append('{"step":2}');
    expect(second.bytes).toBe(22);
    await second.sync();
    await second.close();
    expect(await readFile(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n');
  });

  it('says when it is shorter than it was', async () => {
    const path = join(folder, 'metrics.jsonl');
    await writeFile(path, 'short\n');
    await expect(LineLog.open(path, 100)).rejects.toThrow('it has 6 bytes, and 100 of them are to be gone on from');
  });
});

describe('replaceFolder', () => {
  it('leaves the new folder alone in its place', async () => {
    const path = join(folder, 'model');
    for (const text of ['old', 'new']) await replaceFolder(path, async (at) => writeFile(join(at, 'a.txt'), text));
    expect(await readFile(join(path, 'a.txt'), 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['model']);
  });

  it('leaves the old folder when writing fails', async () => {
    const path = join(folder, 'model');
    await replaceFolder(path, async (at) => writeFile(join(at, 'a.txt'), 'old'));
    const failing = replaceFolder(path, async (at) => {
      await writeFile(join(at, 'a.txt'), 'half');
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    await expect(failing).rejects.toThrow(ModelFileError);
    expect(await readFile(join(path, 'a.txt'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['model']);
  });

  it('leaves the old folder when the new one cannot be moved into its place', async () => {
    const path = join(folder, 'model');
    await replaceFolder(path, async (at) => writeFile(join(at, 'a.txt'), 'old'));
    const failing = replaceFolder(path, async (at) => rm(at, { recursive: true }));
    await expect(failing).rejects.toThrow(/cannot write the folder .*: it does not exist/);
    expect(await readFile(join(path, 'a.txt'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['model']);
  });

  it('is put right after a crash between its renames', async () => {
    const path = join(folder, 'model');
    await mkdir(path);
    await rename(path, `${path}.previous`);
    await restoreFolder(path);
    expect(await readdir(folder)).toEqual(['model']);
  });
});

describe('createRowFile', () => {
  it.each(['float32', 'float16'] as const)('gives rows back, in any order, as %s', async (precision) => {
    const path = join(folder, 'rows.bin');
    const rows = [Float32Array.of(1, -2, 0.5), Float32Array.of(3), Float32Array.of(0.25, 8)];
    const lengths = rows.map(({ length }) => length);
    const file = createRowFile(path, lengths, { precision });
    for (const row of [2, 0, 1]) file.write(row, rows[row] ?? new Float32Array());
    const found = rows.map(({ length }, row) => {
      const target = new Float32Array(length);
      file.readInto(row, target);
      return target;
    });
    expect(found).toEqual(rows);
    await file.dispose();
    expect(await readdir(folder)).toEqual([]);
  });
});

it.each(['float32', 'float16'] as const)('a row file that has become shorter is told, as %s', async (precision) => {
  const path = join(folder, 'rows.bin');
  const file = createRowFile(path, [2, 2], { precision });
  const row = Float32Array.of(1, 2);
  file.write(0, row);
  file.write(1, row);
  await truncate(path, (await stat(path)).size - 1);
  file.readInto(0, row);
  expect(() => file.readInto(1, row)).toThrow(ModelFileError);
  expect(() => file.readInto(1, row)).toThrow(/cannot read .*rows\.bin: it ends at byte \d+, in the middle of a row/);
  await file.dispose();
});

describe('fileChecksum', () => {
  it('is the SHA-256', async () => {
    const path = join(folder, 'a.txt');
    await writeFile(path, 'abc');
    expect(await fileChecksum(path)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    await expect(fileChecksum(join(folder, 'none'))).rejects.toThrow('it does not exist');
  });
});
