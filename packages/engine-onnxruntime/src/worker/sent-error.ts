import {
  ArgumentError,
  DisposedError,
  EngineError,
  FeedError,
  MemoryLimitError,
  MissingEngineError,
  ProgramError,
  ShapeError,
  type SentenceMtlError,
} from '@sentence-mtl/core';

/** An error in a form that threads can send each other: `structuredClone` forgets classes and codes. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly stack?: string | undefined;
  readonly cause?: SentError;
}

type ErrorClass = new (message: string, options?: ErrorOptions) => SentenceMtlError;

const CLASSES: ReadonlyMap<string, ErrorClass> = new Map<string, ErrorClass>([
  ['ARGUMENT', ArgumentError],
  ['SHAPE', ShapeError],
  ['PROGRAM', ProgramError],
  ['FEED', FeedError],
  ['ENGINE', EngineError],
  ['ENGINE_MISSING', MissingEngineError],
  ['MEMORY_LIMIT', MemoryLimitError],
  ['DISPOSED', DisposedError],
]);

/** Far more causes than errors have; a cycle of causes would otherwise never end. */
const MAX_CAUSES = 16;

export function sendError(error: unknown, depth = 0): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const sent = { name, message, code, stack };
  return cause === undefined || depth === MAX_CAUSES ? sent : { ...sent, cause: sendError(cause, depth + 1) };
}

/** The error as the other thread threw it: one of this project has its class again, others name, message and code. */
export function receiveError({ name, message, code, stack, cause }: SentError): Error {
  const options = cause === undefined ? undefined : { cause: receiveError(cause) };
  const known = code === undefined ? undefined : CLASSES.get(code);
  const error = known === undefined ? new Error(message, options) : new known(message, options);
  if (known === undefined) Object.assign(error, code === undefined ? { name } : { name, code });
  if (stack !== undefined) error.stack = stack;
  return error;
}
