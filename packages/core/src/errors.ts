/**
 * The root of every error this project throws on purpose: `code` is stable and for programs, the message is for
 * people and says what, where, why and what to do.
 */
export abstract class SentenceMtlError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A value outside what a function takes. */
export class ArgumentError extends SentenceMtlError {
  readonly code = 'ARGUMENT';
}

/** Shapes or dtypes that do not fit an operation. */
export class ShapeError extends SentenceMtlError {
  readonly code = 'SHAPE';
}

/** A program that is not well formed, or cannot be differentiated. */
export class ProgramError extends SentenceMtlError {
  readonly code = 'PROGRAM';
}

/** A run was given tensors that its program does not take. */
export class FeedError extends SentenceMtlError {
  readonly code = 'FEED';
}

/** A runtime failed; its own error is the cause. */
export class EngineError extends SentenceMtlError {
  readonly code = 'ENGINE';
}

/** A runtime is not installed or cannot be loaded; the message has the command that installs it. */
export class MissingEngineError extends SentenceMtlError {
  readonly code = 'ENGINE_MISSING';
}

/** More memory is needed than there can be. */
export class MemoryLimitError extends SentenceMtlError {
  readonly code = 'MEMORY_LIMIT';
}

/** Something was used after it had been disposed of. */
export class DisposedError extends SentenceMtlError {
  readonly code = 'DISPOSED';
}
