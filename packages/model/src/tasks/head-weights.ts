import type { Parameters } from '@sentence-mtl/core';
import { headPrefix } from '@sentence-mtl/heads';
import type { HeadFiles } from '@sentence-mtl/model-files';
import { ModelError } from '../errors.ts';

/** The tensors of a task's head, by the names they have in its file: the path below `heads.<task>.`. */
export function headWeights(parameters: Parameters, task: string): HeadFiles['weights'] {
  const prefix = headPrefix(task);
  return new Map(
    [...parameters]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, { shape, data }]) => [path.slice(prefix.length), { dtype: 'F32', shape, data }] as const),
  );
}

/** @throws ModelError naming the first value of a head that is NaN or infinite */
export function checkFinite(parameters: Parameters, folder: string): void {
  for (const [path, { data }] of parameters) {
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new ModelError(
      `${folder}: parameter "${path}" has ${data[bad]} as its value ${bad}: training went wrong before it was saved; with allowNotFinite it is loaded all the same`,
    );
  }
}
