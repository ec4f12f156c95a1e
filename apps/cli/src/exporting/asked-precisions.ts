import { nearestMatch } from '@sentence-mtl/core';
import type { ExportPrecision } from '@sentence-mtl/export';
import { UsageError } from '../command-line/errors.ts';

/** In the order in which they are written. */
const PRECISIONS: readonly ExportPrecision[] = ['fp32', 'fp16'];

/** The precisions in a list with commas, each once. @throws UsageError for one that there is not */
export function askedPrecisions(list: string): readonly ExportPrecision[] {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (PRECISIONS.some((each) => each === name)) continue;
    const nearest = nearestMatch(name, PRECISIONS);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new UsageError(`--precision: "${name}" is not one of ${PRECISIONS.join(', ')}${hint}`);
  }
  return PRECISIONS.filter((each) => names.includes(each));
}
