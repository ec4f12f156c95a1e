import type { HostTensor } from '@sentence-mtl/core';
import { afterAll, describe, expect, it } from 'vitest';
import { differences } from '../closeness.ts';
import { testedEngines, type TestedEngine } from '../tested-engine.ts';
import { ownFixture, readJson, sharedFixture } from '../fixtures.ts';
import type { LossCase } from './loss-case.ts';
import { feedOf, flatten, type LossFixture, type RecordedLoss } from './loss-fixture.ts';
import { lossCaseNamed, lossCases } from './loss-cases.ts';

const RELATIVE = 1e-5;
const ABSOLUTE = 1e-6;

function feedsOf({ inputs }: LossCase, recorded: RecordedLoss): Readonly<Record<string, HostTensor>> {
  const numbers = { ...recorded.constants, ...recorded.inputs };
  return Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, feedOf(type, numbers[name] ?? [])]));
}

/** How the loss and its gradients differ from the recorded ones, those that agree left out. */
async function differencesOf(engine: TestedEngine, recorded: RecordedLoss): Promise<Record<string, readonly string[]>> {
  const lossCase = lossCaseNamed(recorded.name);
  const outputs = await engine.run(lossCase.program(Object.keys(recorded.inputs)), feedsOf(lossCase, recorded));
  const gradients = Object.entries(recorded.gradients).map(([name, numbers]) => [`gradient.${name}`, numbers] as const);
  const compared = [['loss', recorded.loss] as const, ...gradients].map(([output, numbers]) => {
    const allowed = (wanted: number): number => ABSOLUTE + RELATIVE * Math.abs(wanted);
    return [output, differences(outputs[output] ?? [], flatten(numbers), allowed)] as const;
  });
  return Object.fromEntries(compared.filter(([, found]) => found.length > 0));
}

const shared = sharedFixture('golden/losses/losses.json');
const { cases } = readJson<LossFixture>(shared ?? ownFixture('losses.json'));
if (shared === undefined) {
  console.log(
    `SKIPPED ${Object.keys(lossCases).length - cases.length} recorded losses: no shared fixtures (SENTENCE_MTL_FIXTURES)`,
  );
}

it.skipIf(shared === undefined)('writes every recorded loss, and records every loss written', () => {
  expect(cases.map(({ name }) => name).toSorted()).toEqual(Object.keys(lossCases).toSorted());
});

it('keeps its own copies equal to the shared ones', () => {
  const byName = new Map(cases.map((recorded) => [recorded.name, recorded]));
  for (const copy of readJson<LossFixture>(ownFixture('losses.json')).cases)
    expect(copy).toEqual(byName.get(copy.name));
});

describe.each(testedEngines.map((engine) => [engine.name, engine] as const))('on %s', (_engine, engine) => {
  afterAll(() => engine.dispose());

  it.each(cases.map((recorded) => [recorded.name, recorded] as const))(
    '%s has the recorded value and gradients',
    async (_name, recorded) => {
      expect(await differencesOf(engine, recorded)).toEqual({});
    },
  );
});
