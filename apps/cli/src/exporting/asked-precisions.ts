import { nearestMatch } from '@sentence-mtl/core';
import type { ExportPrecision } from '@sentence-mtl/export';
import { GRAPH_PRECISIONS } from '@sentence-mtl/model-files';
import { UsageError } from '../command-line/errors.ts';

/** The precisions in a list with commas, each once. @throws UsageError for one that there is not */
export function askedPrecisions(list: string): readonly ExportPrecision[] {
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) {
    if (GRAPH_PRECISIONS.some((each) => each === name)) continue;
    const nearest = nearestMatch(name, GRAPH_PRECISIONS);
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
    throw new UsageError(`--precision: "${name}" is not one of ${GRAPH_PRECISIONS.join(', ')}${hint}`);
  }
  return GRAPH_PRECISIONS.filter((each) => names.includes(each));
}
