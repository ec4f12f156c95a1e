import { EngineError, FeedError } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { runtimeError } from './runtime-error.ts';

describe('runtimeError', () => {
  it('names the operation that ONNX Runtime names, says why, and keeps the cause', () => {
    const cause = new Error(
      "Non-zero status code returned while running Gather node. Name:'gather.3' Status Message: indices element out of data bounds, idx=9\nat line 7",
    );
    const error = runtimeError('onnxruntime-node cpu', 'the run', cause);
    expect(error).toEqual(
      new EngineError(
        'onnxruntime-node cpu: the run failed in "gather.3" (Gather): indices element out of data bounds, idx=9',
      ),
    );
    expect(error.cause).toBe(cause);
  });

  it('says the first line of any other error', () => {
    expect(runtimeError('r', 'the run', new Error('no memory\nat x')).message).toBe('r: the run failed: no memory');
    expect(runtimeError('r', 'the run', 'torn').message).toBe('r: the run failed: torn');
  });

  it('leaves errors of this project as they are', () => {
    const error = new FeedError('too long');
    expect(runtimeError('r', 'the run', error)).toBe(error);
  });
});
