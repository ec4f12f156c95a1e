import {
  ArgumentError,
  DisposedError,
  EngineError,
  FeedError,
  MemoryLimitError,
  MissingEngineError,
  ProgramError,
  ShapeError,
  SentenceMtlError,
} from '@sentence-mtl/core';

/** An error in a form that threads can send each other: `structuredClone` forgets classes and codes. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  /** Whether it is an error of this project, whose class the other thread may not have. */
  readonly isOurs?: boolean;
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

/** An error of this project whose class belongs to a package that the engine does not know. */
class ForeignClassError extends SentenceMtlError {
  readonly code: string;

  constructor(name: string, code: string, message: string, options: ErrorOptions | undefined) {
    super(message, options);
    this.name = name;
    this.code = code;
  }
}

/** Far more causes than errors have; a cycle of causes would otherwise never end. */
const MAX_CAUSES = 16;

export function sendError(error: unknown, depth = 0): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const sent = { name, message, code, stack, isOurs: error instanceof SentenceMtlError };
  return cause === undefined || depth === MAX_CAUSES ? sent : { ...sent, cause: sendError(cause, depth + 1) };
}

function errorOf({ name, message, code, isOurs }: SentError, options: ErrorOptions | undefined): Error {
  const known = code === undefined ? undefined : CLASSES.get(code);
  if (known !== undefined) return new known(message, options);
  if (isOurs === true && code !== undefined) return new ForeignClassError(name, code, message, options);
  return Object.assign(new Error(message, options), code === undefined ? { name } : { name, code });
}

/**
 * The error as the other thread threw it: one of core has its class again, one of another package of this project is a
 * SentenceMtlError, others have their name, message and code.
 */
export function receiveError(sent: SentError): Error {
  const error = errorOf(sent, sent.cause === undefined ? undefined : { cause: receiveError(sent.cause) });
  if (sent.stack !== undefined) error.stack = sent.stack;
  return error;
}
