import { FeedError, type HostTensor } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { checkOverlap } from './memory-overlap.ts';

const buffer = new ArrayBuffer(64);
const floats = (offset: number, length: number, of = buffer): HostTensor => ({
  dtype: 'float32',
  shape: [length],
  data: new Float32Array(of, offset, length),
});
const tensors = (...list: readonly HostTensor[]): Map<string, HostTensor> =>
  new Map(list.map((tensor, index) => [`t${index}`, tensor]));

describe('checkOverlap', () => {
  it('lets inputs share memory with one another', () => {
    expect(() => checkOverlap(tensors(floats(0, 8), floats(16, 8)), tensors())).not.toThrow();
  });

  it('lets neighbours be', () => {
    expect(() =>
      checkOverlap(tensors(floats(0, 4), floats(32, 4)), tensors(floats(16, 4), floats(48, 4))),
    ).not.toThrow();
  });

  it('compares within one buffer only', () => {
    expect(() => checkOverlap(tensors(floats(0, 4)), tensors(floats(0, 4, new ArrayBuffer(16))))).not.toThrow();
  });

  it('refuses an output over an input', () => {
    expect(() => checkOverlap(tensors(floats(0, 4)), tensors(floats(12, 4)))).toThrow(
      new FeedError('output "t0" and input "t0" share memory; an output needs memory of its own'),
    );
    expect(() => checkOverlap(tensors(floats(12, 4)), tensors(floats(0, 4)))).toThrow(FeedError);
  });

  it('refuses two outputs in one place', () => {
    expect(() => checkOverlap(tensors(), tensors(floats(0, 4), floats(0, 4)))).toThrow(FeedError);
  });

  it('sees past a small region in between', () => {
    expect(() => checkOverlap(tensors(floats(0, 12), floats(4, 1)), tensors(floats(40, 1)))).toThrow(FeedError);
    expect(() =>
      checkOverlap(tensors(floats(44, 1), floats(4, 10)), tensors(floats(0, 1), floats(48, 2))),
    ).not.toThrow();
  });

  it('ignores tensors without elements', () => {
    expect(() => checkOverlap(tensors(floats(0, 4)), tensors(floats(4, 0)))).not.toThrow();
  });
});
