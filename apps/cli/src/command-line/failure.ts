// What a program says and exits with when a command throws: one sentence for mistakes and broken inputs, a trace only
// where somebody asks for it.
import { inspect } from 'node:util';
import { SentenceMtlError } from '@sentence-mtl/core';
import { BrokenPipeError, InterruptedError, UsageError } from './errors.ts';

export interface Failure {
  readonly exitCode: number;
  /** Stable, for programs. */
  readonly code: string;
  /** For people; '' where nobody is left to read. */
  readonly message: string;
  /** Where in the program it arose. */
  readonly trace: string;
}

/** What a shell gives for a program that wrote into a closed pipe. */
const BROKEN_PIPE = 141;

/** An error of the operating system has a code like ENOSPC, and its message is a sentence. */
function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof InterruptedError || (error instanceof Error && error.name === 'AbortError');
}

/**
 * @param interruptedCode what to exit with where a signal ended the work; undefined where none came
 */
export function failureOf(error: unknown, interruptedCode: number | undefined): Failure {
  const trace = inspect(error);
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BrokenPipeError) return { exitCode: BROKEN_PIPE, code: error.code, message: '', trace };
  if (interruptedCode !== undefined && isAbort(error))
    return { exitCode: interruptedCode, code: 'INTERRUPTED', message, trace };
  if (error instanceof UsageError) return { exitCode: 2, code: error.code, message, trace };
  if (error instanceof SentenceMtlError) return { exitCode: 1, code: error.code, message, trace };
  const system = systemCode(error);
  if (system !== undefined) return { exitCode: 1, code: system, message, trace };
  const advice = 'this is a fault of sentence-mtl: please report it together with what --debug shows';
  return { exitCode: 1, code: 'UNEXPECTED', message: `${message}\n${advice}`, trace };
}
