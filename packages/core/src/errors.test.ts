import { expect, test } from 'vitest';
import { EngineError, MemoryLimitError, SentenceMtlError } from './errors.ts';

test('an error carries its class name, a stable code, its message and its cause', () => {
  const cause = new Error('out of memory');
  const error = new EngineError('the run failed', { cause });
  expect(error).toBeInstanceOf(SentenceMtlError);
  expect([error.name, error.code, error.message, error.cause]).toEqual([
    'EngineError',
    'ENGINE',
    'the run failed',
    cause,
  ]);
});

test('kinds of errors are told apart by class and by code', () => {
  expect(new MemoryLimitError('')).not.toBeInstanceOf(EngineError);
  expect(new MemoryLimitError('').code).not.toBe(new EngineError('').code);
});
