import type { HostTensor } from '@sentence-mtl/core';
import { describe, expect, it } from 'vitest';
import { ownFixture, readJson, sharedFixture } from '../fixtures.ts';
import { reference } from '../tested-engine.ts';
import type { LossCase } from './loss-case.ts';
import { feedOf, type LossFixture, type NestedNumbers, type RecordedLoss } from './loss-fixture.ts';
import { lossCaseNamed } from './loss-cases.ts';

const { cases } = readJson<LossFixture>(sharedFixture('golden/losses/losses.json') ?? ownFixture('losses.json'));

const named = (recorded: readonly RecordedLoss[]): readonly (readonly [string, RecordedLoss])[] =>
  recorded.map((one) => [one.name, one]);

type Numbers = Readonly<Record<string, NestedNumbers>>;

async function run(
  lossCase: LossCase,
  numbers: Numbers,
  differentiated: readonly string[],
): Promise<Record<string, ArrayLike<number>>> {
  const feeds: Record<string, HostTensor> = {};
  for (const [input, type] of Object.entries(lossCase.inputs)) feeds[input] = feedOf(type, numbers[input] ?? []);
  return reference.run(lossCase.program(differentiated), feeds);
}

/** Rows of the inputs that have one for each element of the batch, changed; others, such as weights, as they are. */
function changeRows(
  { inputs }: LossCase,
  numbers: Numbers,
  change: (rows: readonly NestedNumbers[], name: string) => readonly NestedNumbers[],
): Numbers {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, rows]) =>
      inputs[name]?.shape[0] === 'batch' && Array.isArray(rows) ? [name, change(rows, name)] : [name, rows],
    ),
  );
}

const isEmbedding = (name: string): boolean => /^(e\d|x|y|logits|student)$/.test(name);
const first = (numbers: Numbers): NestedNumbers => Object.values(numbers)[0] ?? [];

const degenerate: Readonly<Record<string, (lossCase: LossCase, numbers: Numbers) => Numbers>> = {
  'a batch of one row': (lossCase, numbers) => changeRows(lossCase, numbers, (rows) => rows.slice(0, 1)),
  'a batch of equal rows': (lossCase, numbers) =>
    changeRows(lossCase, numbers, (rows, name) => (isEmbedding(name) ? rows.map(() => rows[0] ?? 0) : rows)),
  'embeddings of zeros': (lossCase, numbers) =>
    changeRows(lossCase, numbers, (rows, name) =>
      isEmbedding(name) ? rows.map((row) => (Array.isArray(row) ? row.map(() => 0) : 0)) : rows,
    ),
  'columns that equal each other': (lossCase, numbers) =>
    Object.fromEntries(
      Object.entries(changeRows(lossCase, numbers, (rows) => rows)).map(([name, rows]) => [
        name,
        /^e\d$|^y$/.test(name) ? first(numbers) : rows,
      ]),
    ),
};

describe.each(Object.keys(degenerate))('%s', (title) => {
  it.each(named(cases))('leaves %s and its gradients finite', async (name, { inputs, constants }) => {
    const lossCase = lossCaseNamed(name);
    const numbers = degenerate[title]?.(lossCase, { ...inputs, ...constants }) ?? {};
    const outputs = await run(lossCase, numbers, Object.keys(inputs));
    const infinite = Object.entries(outputs).filter(([, data]) => !Array.from(data).every(Number.isFinite));
    expect(infinite).toEqual([]);
  });
});

const missing = cases.filter(
  ({ name }) => /^(cross-entropy|focal|bce-multi-label-missing)/.test(name) && !name.endsWith('soft-labels'),
);

describe('a batch without any label', () => {
  it.each(named(missing))('has a loss and a gradient of exactly 0 in %s', async (name, { inputs, constants }) => {
    const none = (numbers: NestedNumbers): NestedNumbers => (Array.isArray(numbers) ? numbers.map(none) : -100);
    const numbers: Numbers = { ...inputs, ...constants, labels: none(constants['labels'] ?? []) };
    const outputs = await run(lossCaseNamed(name), numbers, Object.keys(inputs));
    for (const data of Object.values(outputs)) expect(Array.from(data).every((entry) => entry === 0)).toBe(true);
  });
});
