import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LabelValue, PairRow, Row } from '../row.ts';
import { splitRows } from './split-rows.ts';

function textRow(text: string, labels: Readonly<Record<string, LabelValue>> = {}): Row {
  return { kind: 'text', file: 'f', line: 1, text, labels, columns: {} };
}

function pair(textA: string, textB: string, score: number): PairRow {
  return { kind: 'pair', file: 'f', line: 1, textA, textB, score, labels: {}, columns: {} };
}

const SHARES = { train: 0.8, validation: 0.1, test: 0.1 };
const SIDES = ['train', 'validation', 'test'] as const;

/** How many rows of each side a test holds for. */
function countsOf(rows: readonly Row[], seed: number, holds: (row: Row) => boolean): readonly number[] {
  const split = splitRows(rows, { seed, shares: SHARES });
  return SIDES.map((side) => split[side].filter((place) => rows.slice(place, place + 1).some(holds)).length);
}

const someRow = fc.record({
  text: fc.oneof(
    { weight: 4, arbitrary: fc.nat(10_000).map(String) },
    fc.constantFrom('Hello  world', ' hello World', 'ﬁne', 'fine'),
  ),
  intent: fc.option(fc.constantFrom('a', 'b', 'c', 'd')),
  tags: fc.option(fc.subarray(['x', 'y', 'z'])),
  stars: fc.option(fc.double({ min: 0, max: 5, noNaN: true })),
});
const someRows = fc
  .array(someRow, { maxLength: 60 })
  .map((rows) => rows.map(({ text, ...labels }) => textRow(text, labels)));

describe('a split', () => {
  test('has every row on one side, rows of equal text on the same, and is a function of the seed', () => {
    fc.assert(
      fc.property(someRows, fc.nat(100), (rows, seed) => {
        const split = splitRows(rows, { seed, shares: SHARES });
        const all = SIDES.flatMap((side) => split[side]);
        expect(all.toSorted((a, b) => a - b)).toEqual(rows.map((_, place) => place));
        expect(splitRows(rows, { seed, shares: SHARES })).toEqual(split);
        const sideOf = (text: string): readonly string[] =>
          SIDES.filter((side) =>
            split[side].some((place) => rows[place]?.kind === 'text' && rows[place].text === text),
          );
        for (const equal of [
          ['Hello  world', ' hello World'],
          ['ﬁne', 'fine'],
        ]) {
          expect(new Set(equal.flatMap(sideOf)).size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('has its share of every label, to within a row, and every label on the largest side', () => {
    const labelled = fc.array(fc.tuple(fc.nat(8), fc.nat(3)), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(labelled, fc.nat(100), (labels, seed) => {
        const rows = labels.map(([intent], place) => textRow(`text ${place}`, { intent: `label ${intent}` }));
        for (const intent of new Set(labels.map(([label]) => `label ${label}`))) {
          const total = rows.filter((row) => row.labels['intent'] === intent).length;
          const counts = countsOf(rows, seed, (row) => row.labels['intent'] === intent);
          expect(counts[0]).toBeGreaterThanOrEqual(1);
          counts.forEach((count, side) => {
            const share = total * (SHARES[SIDES[side] ?? 'train'] ?? 0);
            expect(Math.abs(count - share)).toBeLessThan(1 + 1e-9);
          });
        }
      }),
    );
  });

  test('of many small labels keeps the sizes of the sides', () => {
    const rows = Array.from({ length: 7 * 150 }, (_, place) =>
      textRow(`text ${place}`, { intent: `label ${place % 150}` }),
    );
    const counts = countsOf(rows, 1, () => true);
    const off = counts.map((count, side) => Math.abs(count - ([840, 105, 105][side] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(2);
  });

  test('of two tasks over the same texts has its share of the labels of both', () => {
    const rows = Array.from({ length: 3000 }, (_, place) =>
      textRow(`text ${place}`, {
        intent: `i${place % 97}`,
        mood: place % 3 === 0 ? null : `m${place % 5}`,
        tags: place % 4 === 0 ? ['t', 'u'] : [],
      }),
    );
    for (const mood of ['m0', 'm1', 'm2', 'm3', 'm4']) {
      const [train = 0, validation = 0, testing = 0] = countsOf(rows, 2, (row) => row.labels['mood'] === mood);
      expect([train, validation, testing].map((count) => Math.round(count / 10))).toEqual([32, 4, 4]);
    }
    expect(countsOf(rows, 2, () => true).map((count) => Math.round(count / 20))).toEqual([120, 15, 15]);
  });

  test('of numbers has low and high ones on every side', () => {
    const rows = Array.from({ length: 1000 }, (_, place) => pair(`a ${place}`, `b ${place}`, (place * 0.7919) % 5));
    for (const [low, high] of [
      [0, 0.5],
      [2, 2.5],
      [4.5, 5],
    ] as const) {
      const counts = countsOf(
        rows,
        3,
        (row) => row.kind === 'pair' && row.score !== null && row.score >= low && row.score < high,
      );
      expect(counts.map((count) => Math.round(count / 5))).toEqual([16, 2, 2]);
    }
  });

  test('keeps a pair together in either order', () => {
    const rows = Array.from({ length: 100 }, (_, place) => [
      pair(`a${place}`, 'b', 1),
      pair('B', `A${place}`, 1),
    ]).flat();
    const { train } = splitRows(rows, { seed: 1, shares: SHARES });
    expect(train.every((place) => train.includes(place % 2 === 0 ? place + 1 : place - 1))).toBe(true);
  });

  test('of no rows has empty sides; shares may be any numbers above 0', () => {
    expect(splitRows([], { seed: 1, shares: { train: 9, test: 1 } })).toEqual({ train: [], test: [] });
    expect(() => splitRows([], { seed: 1, shares: {} })).toThrow(ArgumentError);
    expect(() => splitRows([], { seed: 1, shares: { train: 1, test: 0 } })).toThrow(
      'the share of "test" is 0; a number above 0 is needed',
    );
  });
});
