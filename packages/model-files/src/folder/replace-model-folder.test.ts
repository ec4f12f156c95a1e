import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ModelFileError } from '../errors.ts';
import { replaceModelFolder } from './replace-model-folder.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'replace-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** A folder with files, by path and text. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const textsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );

const newModel = async (place: string): Promise<void> => {
  writeFileSync(join(place, 'config.json'), 'new');
  return Promise.resolve();
};

describe('a folder is replaced', () => {
  test('whole: files of the old model go, others stay', async () => {
    const folder = folderOf('whole', {
      'config.json': 'old',
      'model-00001-of-00002.safetensors': 'old',
      'sentence_xlm-roberta_config.json': 'old',
      'heads/intent/config.json': 'old',
      'onnx/model.onnx': 'old',
      '1_Pooling/config.json': 'old',
      'README.md': 'mine',
      '.git/HEAD': 'mine',
      'notes/a/b.txt': 'mine',
    });
    await replaceModelFolder(folder, newModel);
    expect(textsIn(folder)).toEqual({
      'config.json': 'new',
      'README.md': 'mine',
      '.git/HEAD': 'mine',
      'notes/a/b.txt': 'mine',
    });
  });

  test('as it was before, where the last replacement was cut off between its renames', async () => {
    const folder = folderOf('cut', { 'config.json': 'old', 'README.md': 'mine' });
    renameSync(folder, `${folder}.previous`);
    await replaceModelFolder(folder, newModel);
    expect(textsIn(folder)).toEqual({ 'config.json': 'new', 'README.md': 'mine' });
  });

  test('where there is none, or an empty one', async () => {
    await replaceModelFolder(join(root, 'a', 'b'), newModel);
    expect(textsIn(join(root, 'a', 'b'))).toEqual({ 'config.json': 'new' });
    mkdirSync(join(root, 'empty'));
    await replaceModelFolder(join(root, 'empty'), newModel);
    expect(textsIn(join(root, 'empty'))).toEqual({ 'config.json': 'new' });
  });

  test('or left as it is, where writing fails half way', async () => {
    const folder = folderOf('half', { 'config.json': 'old' });
    const failing = replaceModelFolder(folder, async (place) => {
      await newModel(place);
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await expect(failing).rejects.toThrow(ModelFileError);
    await expect(failing).rejects.toThrow(
      `cannot write the folder ${folder}: the disk is full; free some space and try again`,
    );
    expect(textsIn(folder)).toEqual({ 'config.json': 'old' });
    expect(readdirSync(root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('unless it is not of a model, or is a file', async () => {
    const folder = folderOf('thesis', { 'thesis.tex': 'mine' });
    await expect(replaceModelFolder(folder, newModel)).rejects.toThrow('is not empty and is not the folder of a model');
    await expect(replaceModelFolder(join(folder, 'thesis.tex'), newModel)).rejects.toThrow(ModelFileError);
    expect(textsIn(folder)).toEqual({ 'thesis.tex': 'mine' });
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('or told why it cannot be', async () => {
    const folder = folderOf('locked/model', { 'config.json': 'old' });
    chmodSync(join(root, 'locked'), 0o500);
    await expect(replaceModelFolder(folder, newModel)).rejects.toThrow('access is denied; check its permissions');
    chmodSync(join(root, 'locked'), 0o700);
    expect(textsIn(folder)).toEqual({ 'config.json': 'old' });
  });
});
