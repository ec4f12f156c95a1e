import { describe, expect, test } from 'vitest';
import { checkTrains } from './check-trains.ts';
import { NothingTrainsError } from './freeze-error.ts';
import { planFreezing } from './freeze-plan.ts';
import type { FreezeStrategy } from './freeze-strategy.ts';
import { outline } from './outline.test.support.ts';
import { compose } from './strategies/compose.ts';
import { freezeAll } from './strategies/freeze-all.ts';
import { freezeEncoder } from './strategies/freeze-encoder.ts';
import { freezeHeads } from './strategies/freeze-heads.ts';
import { gradualUnfreezing } from './strategies/gradual-unfreezing.ts';
import { staged } from './strategies/staged.ts';
import { trainAll } from './strategies/train-all.ts';

const check = (strategy: FreezeStrategy) => (): void => checkTrains(planFreezing(strategy, outline(2)));
const noHeads = freezeHeads('intent', 'sentiment');
const atStep = (...at: readonly number[]) => ({ kind: 'step', at }) as const;

describe('contradictions are said before the first step', () => {
  test.each<[FreezeStrategy, string]>([
    [freezeAll(), 'freezeAll() freezes all 21 parameters of the model for good: there is nothing to train'],
    [compose(freezeEncoder(), noHeads), 'freezeEncoder() + freezeHeads(intent, sentiment) freezes all 21 parameters'],
    [compose(gradualUnfreezing({ when: atStep(3, 6) }), noHeads), 'freezes all parameters at the start'],
    [staged([trainAll(), freezeAll()], atStep(100)), 'leaves nothing to train from step 100; end the run there'],
    [compose(staged([noHeads, freezeEncoder(), freezeAll()], atStep(3, 5))), 'nothing to train from step 5'],
  ])('%o', (strategy, message) => {
    expect(check(strategy)).toThrow(NothingTrainsError);
    expect(check(strategy)).toThrow(message);
  });
});

test('what trains in every stage that comes passes, though it would not if stages met that never do', () => {
  expect(check(gradualUnfreezing({ when: atStep(3, 6) }))).not.toThrow();
  const encoderLater = staged([noHeads, freezeEncoder()], atStep(10));
  const headsSooner = staged([trainAll(), noHeads, trainAll()], atStep(3, 5));
  expect(check(compose(encoderLater, headsSooner))).not.toThrow();
});
