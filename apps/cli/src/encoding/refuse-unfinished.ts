import type { WriteOptions } from '@sentence-mtl/data';
import { UsageError } from '../command-line/errors.ts';
import { isThere } from '../files/path-kinds.ts';

/** @throws UsageError where a run before has left an unfinished file, and this one is not to go on with it */
export async function refuseUnfinished(path: string, { resume }: Pick<WriteOptions, 'resume'>): Promise<void> {
  if (resume === true || !(await isThere(`${path}.partial`))) return;
  throw new UsageError(`${path}.partial is of an unfinished run: add --resume to go on with it, or delete it`);
}
