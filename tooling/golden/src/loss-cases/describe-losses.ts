import { afterAll, describe, expect, it } from 'vitest';
import { differences } from '../closeness.ts';
import type { RecordedNumber } from '../recorded-tensor.ts';
import type { TestedEngine } from '../tested-engine.ts';
import { changeRows, runLoss, type LossBatch } from './loss-batch.ts';
import type { LossCase } from './loss-case.ts';
import { lossCaseNamed } from './loss-cases.ts';
import { flatten, recordedLosses, type NestedNumbers, type RecordedLoss } from './loss-fixture.ts';
import { presenceCases } from './presence-cases.ts';

const RELATIVE = 1e-5;
const ABSOLUTE = 1e-6;

type Outputs = Readonly<Record<string, ArrayLike<number>>>;

/** Where outputs differ from what is expected of them, by output; those that agree are left out. */
function differing(outputs: Outputs, expected: Readonly<Record<string, readonly RecordedNumber[]>>): unknown {
  const allowed = (wanted: number): number => ABSOLUTE + RELATIVE * Math.abs(wanted);
  const compared = Object.entries(expected).map(
    ([output, numbers]) => [output, differences(outputs[output] ?? [], numbers, allowed)] as const,
  );
  return Object.fromEntries(compared.filter(([, found]) => found.length > 0));
}

interface MissingCase {
  readonly name: string;
  readonly lossCase: LossCase;
  readonly batch: LossBatch;
  /** The inputs with gradients. */
  readonly differentiated: readonly string[];
  /** The inputs that may be missing. */
  readonly labels: readonly string[];
}

/** Inputs of a row that are no embeddings: labels, targets, a teacher's scores. Classes are missing in losses of rows only. */
function labelsOf({ inputs, scope }: LossCase, { constants }: RecordedLoss): readonly string[] {
  return Object.keys(constants).filter((name) => {
    const type = inputs[name];
    return type?.shape[0] === 'batch' && (type.dtype === 'float32' || scope === 'rows');
  });
}

function missingCases(recorded: readonly RecordedLoss[]): readonly MissingCase[] {
  return recorded.flatMap((one) => {
    const { name, inputs, constants } = one;
    const differentiated = Object.keys(inputs);
    const labelled = lossCaseNamed(name);
    const labels = labelsOf(labelled, one);
    const batch = { ...inputs, ...constants };
    const own = labels.length > 0 ? [{ name, lossCase: labelled, batch, differentiated, labels }] : [];
    const presence = presenceCases[name];
    if (presence === undefined) return own;
    const ones = Object.values(inputs).map((rows) => (Array.isArray(rows) ? rows.map(() => 1) : []));
    const withLabels = { ...batch, labels: ones[0] ?? [] };
    return [
      ...own,
      { name: `${name} of rows`, lossCase: presence, batch: withLabels, differentiated, labels: ['labels'] },
    ];
  });
}

const missingOf = (numbers: NestedNumbers, missing: RecordedNumber): NestedNumbers =>
  Array.isArray(numbers) ? numbers.map((each) => missingOf(each as NestedNumbers, missing)) : missing;

/** The batch with the labels of some rows missing. */
function withoutLabels({ lossCase, batch, labels }: MissingCase, isMissing: (row: number) => boolean): LossBatch {
  return changeRows(lossCase, batch, (rows, name) => {
    const missing = lossCase.inputs[name]?.dtype === 'int32' ? -100 : 'NaN';
    return labels.includes(name) ? rows.map((row, i) => (isMissing(i) ? missingOf(row, missing) : row)) : rows;
  });
}

/** The elements of those rows of a gradient, laid out as the input it is for, that a test keeps. */
function rowsOf(
  gradient: ArrayLike<number>,
  rows: NestedNumbers | undefined,
  keep: (row: number) => boolean,
): number[] {
  const count = Array.isArray(rows) ? rows.length : 1;
  const width = gradient.length / count;
  return Array.from(gradient).filter((_, at) => keep(Math.floor(at / width)));
}

function describeMissingLabels(engine: TestedEngine, cases: readonly MissingCase[]): void {
  it.each(cases)('$name: rows without a label count nowhere', async (one) => {
    const { lossCase, batch, differentiated } = one;
    const isMissing = (row: number): boolean => row === 1 || row === 3;
    const kept = changeRows(lossCase, batch, (rows) => rows.filter((_, row) => !isMissing(row)));
    const outputs = await runLoss(engine, lossCase, withoutLabels(one, isMissing), { differentiated });
    const expected = await runLoss(engine, lossCase, kept, { differentiated });
    const wanted: Record<string, readonly number[]> = { loss: Array.from(expected['loss'] ?? []) };
    const actual: Record<string, ArrayLike<number>> = { loss: outputs['loss'] ?? [] };
    for (const input of differentiated) {
      const gradient = outputs[`gradient.${input}`] ?? [];
      const isPerRow = lossCase.inputs[input]?.shape[0] === 'batch';
      wanted[input] = Array.from(expected[`gradient.${input}`] ?? []);
      actual[input] = isPerRow ? rowsOf(gradient, batch[input], (row) => !isMissing(row)) : gradient;
      if (isPerRow) expect(rowsOf(gradient, batch[input], isMissing).every((slope) => slope === 0)).toBe(true);
    }
    expect(differing(actual, wanted)).toEqual({});
  });

  it.each(cases)('$name: a batch without any label has a loss and gradients of exactly 0', async (one) => {
    const { lossCase, differentiated } = one;
    const outputs = await runLoss(
      engine,
      lossCase,
      withoutLabels(one, () => true),
      { differentiated },
    );
    expect(Object.keys(outputs).length).toBeGreaterThan(differentiated.length);
    const nonZero = Object.entries(outputs).filter(([, data]) => !Array.from(data).every((entry) => entry === 0));
    expect(nonZero).toEqual([]);
  });
}

/** Parts of a batch that are fed its total: their losses, and the gradients of what they share, add up to the batch's. */
function describeParts(engine: TestedEngine, recorded: readonly RecordedLoss[]): void {
  const ofRows = recorded.filter(({ name }) => lossCaseNamed(name).scope === 'rows');
  it.each(ofRows)('$name: micro-batches add up to the batch', async ({ name, inputs, constants }) => {
    const lossCase = lossCaseNamed(name);
    const batch = { ...inputs, ...constants };
    const differentiated = Object.keys(inputs);
    const whole = await runLoss(engine, lossCase, batch, { differentiated });
    const parts = await Promise.all(
      [(row: number) => row < 2, (row: number) => row >= 2].map(async (isIn) => {
        const part = changeRows(lossCase, batch, (rows) => rows.filter((_, row) => isIn(row)));
        const total = Number(whole['count']?.[0]);
        return runLoss(engine, lossCase, { ...part, total }, { differentiated, fedTotal: true });
      }),
    );
    const [first = {}, second = {}] = parts;
    const joined = Object.keys(whole).map((output): readonly [string, number[]] => {
      const [a, b] = [Array.from(first[output] ?? []), Array.from(second[output] ?? [])];
      const isPerRow = lossCase.inputs[output.replace('gradient.', '')]?.shape[0] === 'batch';
      return [output, isPerRow ? [...a, ...b] : a.map((entry, index) => entry + (b[index] ?? NaN))];
    });
    const wanted = Object.entries(whole).map(([output, data]) => [output, Array.from(data)] as const);
    expect(differing(Object.fromEntries(joined), Object.fromEntries(wanted))).toEqual({});
  });
}

/** Every loss on one engine: what was recorded, missing labels, micro-batches. */
export function describeLosses(engine: TestedEngine): void {
  const recorded = recordedLosses();
  describe(`losses on ${engine.name}`, () => {
    afterAll(() => engine.dispose());

    it.each(recorded)(
      '$name has the recorded value and gradients',
      async ({ name, inputs, constants, loss, gradients }) => {
        const batch = { ...constants, ...inputs };
        const outputs = await runLoss(engine, lossCaseNamed(name), batch, { differentiated: Object.keys(inputs) });
        const slopes = Object.entries(gradients).map(([input, numbers]) => [`gradient.${input}`, flatten(numbers)]);
        expect(differing(outputs, { loss: [loss], ...Object.fromEntries(slopes) })).toEqual({});
      },
    );

    describeMissingLabels(engine, missingCases(recorded));
    describeParts(engine, recorded);
  });
}
