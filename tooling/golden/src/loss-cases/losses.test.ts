import { expect, it } from 'vitest';
import { ownFixture, readJson, sharedFixture } from '../fixtures.ts';
import { lossCases } from './loss-cases.ts';
import { recordedLosses, type LossFixture } from './loss-fixture.ts';

const shared = sharedFixture('golden/losses/losses.json');
const recorded = recordedLosses();
if (shared === undefined) {
  console.log(
    `SKIPPED ${Object.keys(lossCases).length - recorded.length} recorded losses: no shared fixtures (SENTENCE_MTL_FIXTURES)`,
  );
}

it.skipIf(shared === undefined)('writes every recorded loss, and records every loss written', () => {
  expect(recorded.map(({ name }) => name).toSorted()).toEqual(Object.keys(lossCases).toSorted());
});

it('keeps its own copies equal to the shared ones', () => {
  const byName = new Map(recorded.map((one) => [one.name, one]));
  for (const copy of readJson<LossFixture>(ownFixture('losses.json')).cases)
    expect(copy).toEqual(byName.get(copy.name));
});
