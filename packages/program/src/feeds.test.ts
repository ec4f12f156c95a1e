import { boolTensor, FeedError, float32Tensor, int32Tensor, type HostTensor } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { defineProgram, float32, int32 } from './define-program.ts';
import { bindFeeds } from './feeds.ts';
import { gather } from './ops/rows.ts';
import { reshape } from './ops/shape.ts';

const program = defineProgram(
  { ids: int32('batch', 'sequence'), table: float32(4, 2), rows: float32('batch*sequence', 2) },
  ({ ids, table, rows }) => ({ picked: gather(table, reshape(ids, [-1])), rows }),
);
const FEEDS = {
  ids: int32Tensor([0, 1, 2, 3, 0, 1], [2, 3]),
  table: float32Tensor(new Float32Array(8), [4, 2]),
  rows: float32Tensor(new Float32Array(12), [6, 2]),
};

const refused: Readonly<Record<string, readonly [feeds: Record<string, HostTensor>, message: string]>> = {
  'an unknown name': [{ ...FEEDS, tabel: FEEDS.table }, 'the program has no input "tabel"; did you mean "table"?'],
  'a missing tensor': [{ ids: FEEDS.ids, table: FEEDS.table }, 'no tensor is fed for: "rows"'],
  'another dtype': [
    { ...FEEDS, ids: boolTensor([0, 1], [1, 2]) },
    'input "ids" is int32 (batch, sequence); it is fed bool (1, 2)',
  ],
  'another rank': [
    { ...FEEDS, ids: int32Tensor([0], [1]) },
    'input "ids" is int32 (batch, sequence); it is fed int32 (1)',
  ],
  'another fixed size': [
    { ...FEEDS, table: float32Tensor(new Float32Array(6), [3, 2]) },
    'input "table" is (4, 2), here (4, 2); it is fed (3, 2)',
  ],
  'a product of symbols that does not hold': [
    { ...FEEDS, rows: float32Tensor(new Float32Array(10), [5, 2]) },
    'input "rows" is (batch*sequence, 2), here (6, 2); it is fed (5, 2)',
  ],
  'data of another length': [
    { ...FEEDS, table: { dtype: 'float32', shape: [4, 2], data: new Float32Array(7) } },
    'input "table" is fed float32 (4, 2), 8 elements, with data of 7',
  ],
  'an index past the last row': [
    { ...FEEDS, ids: int32Tensor([0, 1, 2, 3, 4, 1], [2, 3]) },
    'input "ids" has the index 4 at element 4; the table it selects from has the rows 0 to 3',
  ],
  'a negative index': [{ ...FEEDS, ids: int32Tensor([0, -1, 2, 3, 0, 1], [2, 3]) }, 'has the index -1 at element 1'],
};

describe('bindFeeds', () => {
  it('gives each symbol its size', () => {
    expect({ ...bindFeeds(program, FEEDS) }).toEqual({ batch: 2, sequence: 3 });
  });

  for (const [what, [feeds, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      expect(() => bindFeeds(program, feeds)).toThrow(FeedError);
      expect(() => bindFeeds(program, feeds)).toThrow(message);
    });
  }

  it('holds an index to the smallest of the tables it selects from, whatever their order and sizes', () => {
    const inputs = { ids: int32('batch'), small: float32(3, 1), large: float32('rows', 1) };
    const feeds = {
      ids: int32Tensor([4], [1]),
      small: float32Tensor(new Float32Array(3), [3, 1]),
      large: float32Tensor(new Float32Array(9), [9, 1]),
    };
    const orders = [
      defineProgram(inputs, ({ ids, small, large }) => ({ a: gather(small, ids), b: gather(large, ids) })),
      defineProgram(inputs, ({ ids, small, large }) => ({ a: gather(large, ids), b: gather(small, ids) })),
    ];
    for (const both of orders) {
      expect(() => bindFeeds(both, feeds)).toThrow(
        'index 4 at element 0; the table it selects from has the rows 0 to 2',
      );
    }
  });

  it('takes undefined for a tensor that is missing', () => {
    const feeds = { ...FEEDS, rows: undefined } as unknown as typeof FEEDS;
    expect(() => bindFeeds(program, feeds)).toThrow('no tensor is fed for: "rows"');
  });

  it('refuses two sizes for one symbol', () => {
    const two = defineProgram({ a: float32('batch'), b: float32('batch') }, ({ a }) => ({ a }));
    const feeds = { a: float32Tensor([1, 2], [2]), b: float32Tensor([1], [1]) };
    expect(() => bindFeeds(two, feeds)).toThrow(
      '"batch" is 2 in input "a" and 1 in input "b"; it has one size in a run',
    );
  });

  it('refuses a symbol whose size follows from no axis', () => {
    const product = defineProgram({ a: float32('batch*sequence') }, ({ a }) => ({ a }));
    expect(() => bindFeeds(product, { a: float32Tensor([1, 2], [2]) })).toThrow('follows from no input');
  });
});
