// A disk that is full is stood in for by the largest file that a process may write, which a shell sets for its children.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { filesOf, temporaryFolder } from './train.test.support.ts';

const script = resolve(import.meta.dirname, '../dist/full-disk.test.support.js');

/** What a run prints that may write files of so many kilobytes. */
function run(folder: string, kilobytes: number | 'unlimited', ...args: readonly string[]): string {
  const command = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, script, folder, ...args], {
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`;
}

it.skipIf(process.platform === 'win32')(
  'a disk that is full stops the run with a clear error, and the earlier checkpoint goes on to the same bytes',
  async () => {
    const [whole, cut] = [await temporaryFolder(), await temporaryFolder()];
    expect(run(whole, 'unlimited', 'begin')).toBe('completed 18\n');
    expect(run(cut, 'unlimited', 'begin', '4')).toBe('aborted 4\n');

    // Parameters fit, the two moments of each do not: a checkpoint is cut off in the middle.
    const moments = statSync(join(whole, 'checkpoints', 'step-000018', 'optimizer.safetensors')).size;
    expect(run(cut, Math.floor(moments / 1024 / 2) + 8, 'resume')).toMatch(
      /^ModelFileError: cannot write .*optimizer\.safetensors: .*\n$/,
    );
    expect(readdirSync(join(cut, 'checkpoints'))).toEqual(['step-000002', 'step-000004']);

    expect(run(cut, 'unlimited', 'resume')).toBe('completed 18\n');
    expect(await filesOf(cut)).toEqual(await filesOf(whole));
  },
);
