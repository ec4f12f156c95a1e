import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textKey, type LabelValue, type Row } from '@sentence-mtl/data';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
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
  const holders = new Map<string, { readonly row: Row; readonly label: string }>();
  const sorted = (label: LabelValue): string =>
    JSON.stringify(typeof label === 'object' ? label?.map(String).toSorted() : label);
  const place = ({ file, line }: Row): EqualTexts['first'] => ({ file, line });
  const [duplicates, contradictions]: [EqualTexts[], EqualTexts[]] = [[], []];
  for (const row of train) {
    const first = firsts.get(textKey(row));
    if (first === undefined) firsts.set(textKey(row), row);
    else {
      duplicates.push({ first: place(first), again: place(row) });
    }
    for (const task of ['intent', 'tags']) {
      const label = row.labels[task] ?? null;
      if (label === null) continue;
      const key = `${task} ${textKey(row)}`;
      const holder = holders.get(key) ?? { row, label: sorted(label) };
      holders.set(key, holder);
      if (holder.label !== sorted(label)) {
        contradictions.push({ first: place(holder.row), again: place(row), task });
      }
    }
  }
  const untrained = tested.filter((row) => !firsts.has(textKey(row)));
  const inValidation = new Map(validation.toReversed().map((row) => [textKey(row), row]));
  const leaked = (rows: readonly Row[], others: ReadonlyMap<string, Row>): EqualTexts[] =>
    rows.flatMap((row) => {
      const first = others.get(textKey(row));
      return first === undefined ? [] : [{ first: place(first), again: place(row) }];
    });
  const found = (some: EqualTexts[]): { count: number; some: EqualTexts[] } => ({ count: some.length, some });
  return {
    duplicates: found(duplicates),
    contradictions: found(contradictions),
    leaks: [
      { side: 'validation', other: 'train', ...found(leaked(validation, firsts)) },
      { side: 'test', other: 'train', ...found(leaked(tested, firsts)) },
      { side: 'test', other: 'validation', ...found(leaked(untrained, inValidation)) },
    ],
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
    [duplicates, contradictions, ...leaks].map(sort);
  await fc.assert(
    fc.asyncProperty(sidesArbitrary, fc.integer({ min: 1, max: 200 }), async (sides, limit) => {
      expect(sorted(await reportOf(sides, limit))).toEqual(sorted(await reportOf(sides)));
    }),
    { numRuns: 20 },
  );
  expect(readdirSync(folder)).toEqual([]);
});

describe('labels that contradict each other', () => {
  const rowOf = (line: number, labels: Row['labels'], text = 'a'): Row => ({
    kind: 'text',
    file: 'train',
    line,
    text,
    labels,
    columns: {},
  });
  const contradictionsOf = async (train: readonly Row[]): Promise<readonly string[]> => {
    const { contradictions } = await reportOf({ train, validation: [], test: [rowOf(99, { a: 'other' })] });
    return contradictions.some.map(({ first, again, task }) => `${task}: ${first.line}, ${again.line}`);
  };

  test('are found where the first row of the text has none', async () => {
    expect(await contradictionsOf([rowOf(1, {}), rowOf(2, { a: 'x' }), rowOf(3, { a: 'y' })])).toEqual(['a: 2, 3']);
  });

  test('are each told, against the first that the text has', async () => {
    const rows = ['x', 'y', 'x', 'z', 'y'].map((a, index) => rowOf(index + 1, { a }));
    expect(await contradictionsOf(rows)).toEqual(['a: 1, 2', 'a: 1, 4', 'a: 1, 5']);
  });

  test('are found in any number of tasks, and in those that come up late', async () => {
    const names = Array.from({ length: 100 }, (_, task) => `task ${task}`);
    const labels = (label: string): Row['labels'] => Object.fromEntries(names.map((name) => [name, label]));
    const found = await contradictionsOf([rowOf(1, {}, 'b'), rowOf(2, labels('x')), rowOf(3, labels('y'))]);
    expect(found).toEqual(names.map((name) => `${name}: 2, 3`));
  });

  test('are scores of pairs too', async () => {
    const pair = (line: number, score: number | null): Row => {
      const { text: _, ...row } = { ...rowOf(line, {}), text: '' };
      return { ...row, kind: 'pair', textA: 'a', textB: 'b', score };
    };
    expect(await contradictionsOf([pair(1, 3), pair(2, null), pair(3, 3), pair(4, 5)])).toEqual(['score: 1, 4']);
  });
});
