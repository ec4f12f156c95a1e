import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onnxruntimeEngine } from '@sentence-mtl/engine-onnxruntime';
import type { Engine } from '@sentence-mtl/program';
import { afterAll, afterEach } from 'vitest';
import type { TrainOptions } from './loop/train-options.ts';
import { tinyOptions } from './tiny-run.test.support.ts';

const engine: Engine = await onnxruntimeEngine({ threads: 1 });
afterAll(async () => engine.dispose());

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true })));
});

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trainer-'));
  folders.push(folder);
  return folder;
}

/** What a kill at this very moment would leave. */
export function copyNow(folder: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'trainer-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** The hashes of all files of a run but timing.jsonl, by path. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'timing.jsonl');
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return new Map(
    await Promise.all(
      paths.map(
        async (path) =>
          [
            relative(folder, path),
            createHash('sha256')
              .update(await readFile(path))
              .digest('hex'),
          ] as const,
      ),
    ),
  );
}

/** A run in a folder of its own; see `tinyOptions`. */
export async function tinyRun(changes: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  return tinyOptions(engine, await temporaryFolder(), changes);
}
