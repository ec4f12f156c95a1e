// A download in progress has a name of its own, `<checksum>.<random>.partial`, so that two processes never write into
// one file. When it fails it is left as `<checksum>.left.partial`, from which the next one goes on; one whose process
// was killed is taken over once nothing has been written to it for a while.
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { STALL_MILLISECONDS } from './hub-connection.ts';

/** The partial files of a blob, other than `own`, that nobody writes to. */
async function idlePartials(blob: string, own: string): Promise<readonly string[]> {
  const folder = dirname(blob);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith(`${basename(blob)}.`) && name.endsWith('.partial'),
  );
  // The file system's clock, not ours: the folder may be on another machine.
  const now = (await stat(own)).mtimeMs;
  const idle = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const modified = await stat(path)
        .then(({ mtimeMs }) => mtimeMs)
        .catch(() => now);
      return name.endsWith('.left.partial') || now - modified > 2 * STALL_MILLISECONDS ? [path] : [];
    }),
  );
  return idle.flat().filter((path) => path !== own);
}

/** A file to download a blob into, with what an earlier attempt left. */
export async function claimPartial(blob: string): Promise<string> {
  const own = `${blob}.${randomBytes(6).toString('hex')}.partial`;
  await writeFile(own, '', { flag: 'wx' });
  for (const path of await idlePartials(blob, own)) {
    // Another process may take it first; then there is nothing to go on from.
    const taken = await rename(path, own)
      .then(() => true)
      .catch(() => false);
    if (taken) break;
  }
  return own;
}

/** Keeps what was downloaded for a later attempt. */
export async function leavePartial(own: string, blob: string): Promise<void> {
  await rename(own, `${blob}.left.partial`).catch(async () => rm(own, { force: true }));
}
