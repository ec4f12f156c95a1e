import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textKey, type LabelValue, type Row } from '@sentence-mtl/data';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Side } from '../dataset/dataset.ts';
import { EqualTextFinder, type EqualTexts, type EqualTextsReport } from './equal-texts.ts';

type Sides = Readonly<Record<Side, readonly Row[]>>;

const rowArbitrary = (file: string): fc.Arbitrary<readonly Row[]> =>
  fc
    .array(
      fc.record({
        text: fc.constantFrom('a', 'A ', 'b', 'b  b', 'B b', 'ﬁ', 'fi', 'c', 'd', 'e'),
        intent: fc.constantFrom('x', 'y', null),
        tags: fc.constantFrom(['p', 'q'], ['q', 'p'], ['p'], null),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((rows) =>
      rows.map(({ text, ...labels }, index) => ({ kind: 'text', file, line: index + 1, text, labels, columns: {} })),
    );

const sidesArbitrary: fc.Arbitrary<Sides> = fc.record({
  train: rowArbitrary('train'),
  validation: rowArbitrary('validation'),
  test: rowArbitrary('test'),
});

async function reportOf(sides: Sides, limit?: number): Promise<EqualTextsReport> {
  await using finder = new EqualTextFinder(limit);
  for (const side of ['train', 'validation', 'test'] as const) await finder.add(side, sides[side]);
  return await finder.report();
}

/** By a map of whole texts. */
function expected({
  train,
  validation,
  test: tested,
}: Sides): Pick<EqualTextsReport, 'duplicates' | 'contradictions' | 'leaks'> {
  const firsts = new Map<string, Row>();
  const place = ({ file, line }: Row): EqualTexts['first'] => ({ file, line });
  const [duplicates, contradictions]: [EqualTexts[], EqualTexts[]] = [[], []];
  for (const row of train) {
    const first = firsts.get(textKey(row));
    if (first === undefined) firsts.set(textKey(row), row);
    else {
      const pair = { first: place(first), again: place(row) };
      duplicates.push(pair);
      const sorted = (label: LabelValue): string =>
        JSON.stringify(typeof label === 'object' ? label?.map(String).toSorted() : label);
      const task = ['intent', 'tags'].find((name) => {
        const [a, b] = [first.labels[name] ?? null, row.labels[name] ?? null];
        return a !== null && b !== null && sorted(a) !== sorted(b);
      });
      if (task !== undefined) contradictions.push({ ...pair, task });
    }
  }
  const leaked = (rows: readonly Row[]): EqualTexts[] =>
    rows.flatMap((row) => {
      const first = firsts.get(textKey(row));
      return first === undefined ? [] : [{ first: place(first), again: place(row) }];
    });
  const found = (some: EqualTexts[]): { count: number; some: EqualTexts[] } => ({ count: some.length, some });
  return {
    duplicates: found(duplicates),
    contradictions: found(contradictions),
    leaks: { validation: found(leaked(validation)), test: found(leaked(tested)) },
  };
}

test('equal texts are those that a map of whole texts finds', async () => {
  await fc.assert(
    fc.asyncProperty(sidesArbitrary, async (sides) => {
      expect(await reportOf(sides)).toMatchObject(expected(sides));
    }),
  );
});

test('on disk they are the same as in memory, and nothing is left there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'equal-texts-'));
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const sort = ({ count, some }: EqualTextsReport['duplicates']): unknown => ({
    count,
    some: some.map((each) => JSON.stringify(each)).toSorted(),
  });
  const sorted = ({ duplicates, contradictions, leaks }: EqualTextsReport): unknown =>
    [duplicates, contradictions, leaks.validation, leaks.test].map(sort);
  await fc.assert(
    fc.asyncProperty(sidesArbitrary, fc.integer({ min: 1, max: 20 }), async (sides, limit) => {
      expect(sorted(await reportOf(sides, limit))).toEqual(sorted(await reportOf(sides)));
    }),
    { numRuns: 20 },
  );
  expect(readdirSync(folder)).toEqual([]);
});
