import { ArgumentError, MemoryLimitError } from '@sentence-mtl/core';
import { expect, test, vi } from 'vitest';
import { allocateArena } from './arena.ts';

const entries = [
  { path: 'weight', shape: [7, 5], slots: ['parameter', 'gradient'] },
  { path: 'bias', shape: [7], slots: ['parameter'] },
];

test('arrays are zeros, aligned to 128 bytes, in one memory, and do not overlap', () => {
  const arena = allocateArena(entries);
  const tensors = [
    arena.tensor('weight', 'parameter'),
    arena.tensor('weight', 'gradient'),
    arena.tensor('bias', 'parameter'),
  ];
  expect(tensors.map(({ shape }) => shape)).toEqual([[7, 5], [7, 5], [7]]);
  tensors.forEach(({ data }, i) => {
    expect(data.buffer).toBe(arena.buffer);
    expect(data.byteOffset % 128).toBe(0);
    expect(data.every((value) => value === 0)).toBe(true);
    data.fill(i + 1);
  });
  expect(tensors.every(({ data }, i) => data.every((value) => value === i + 1))).toBe(true);
  expect(new Float32Array(arena.buffer, arena.scratch.address, arena.scratch.length).some((value) => value !== 0)).toBe(
    false,
  );
});

test('the memory is not shared', () => {
  expect(allocateArena(entries).buffer).toBeInstanceOf(ArrayBuffer);
});

test('an array that was not asked for is an error', () => {
  expect(() => allocateArena(entries).tensor('bias', 'gradient')).toThrow('the arena has no gradient of bias');
  expect(() => allocateArena([...entries, ...entries.map((entry) => ({ ...entry, shape: [2] }))])).toThrow(
    ArgumentError,
  );
});

test('more than 4 GiB is refused with the limit in parameters', () => {
  const slots = ['parameter', 'gradient', 'adam.firstMoment', 'adam.secondMoment'];
  const allocate = (): unknown => allocateArena([{ path: 'weight', shape: [30_000, 10_000], slots }]);
  expect(allocate).toThrow(MemoryLimitError);
  expect(allocate).toThrow(
    '300,000,000 parameters with up to 4 arrays each (parameter, gradient, adam.firstMoment, adam.secondMoment) do not ' +
      'fit into one WebAssembly memory of 4 GiB, which holds 268,435,456 parameters with all of them',
  );
});

test('says what the system lacks where that is less than WebAssembly holds', () => {
  const Memory = vi.fn(function refuse() {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
  });
  vi.stubGlobal('WebAssembly', { ...WebAssembly, Memory });
  try {
    expect(() => allocateArena([{ path: 'weight', shape: [1000, 1024], slots: ['parameter'] }])).toThrow(
      '1,024,000 parameters with up to 1 arrays each (parameter) do not fit into the memory of this system, which has ' +
        'no 4 MiB left for them; freeze more',
    );
  } finally {
    vi.unstubAllGlobals();
  }
});
