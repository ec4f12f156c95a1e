import { ShapeError } from '@sentence-mtl/core';

/** The folder of this package: frames inside it tell a caller nothing. */
const HERE = new URL('.', import.meta.url).href;

/**
 * A ShapeError whose stack begins where the builder was called: the frames of this package are left out, so that
 * the first line a person sees is their own.
 */
export function shapeError(message: string, cause?: unknown): ShapeError {
  const error = new ShapeError(message, cause === undefined ? undefined : { cause });
  const [first, ...frames] = (error.stack ?? '').split('\n');
  const outside = frames.filter((frame) => !frame.includes(HERE));
  if (first !== undefined && outside.length > 0) error.stack = [`ShapeError: ${message}`, ...outside].join('\n');
  return error;
}
