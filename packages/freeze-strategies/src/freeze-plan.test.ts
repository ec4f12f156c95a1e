import { ArgumentError } from '@sentence-mtl/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allStages, planFreezing, trainedPaths } from './freeze-plan.ts';
import type { FreezeStrategy } from './freeze-strategy.ts';
import { frozenPrefix } from './frozen-prefix.ts';
import { outline, progresses, START } from './outline.test.support.ts';
import type { ParameterLabel } from './parameter-label.ts';
import { placeOf } from './parameter-place.ts';
import type { Progress } from './progress.ts';
import type { StageTrigger } from './stage-trigger.ts';
import { bitFit } from './strategies/bit-fit.ts';
import { compose } from './strategies/compose.ts';
import { freezeAll } from './strategies/freeze-all.ts';
import { freezeEmbeddings } from './strategies/freeze-embeddings.ts';
import { freezeEncoder } from './strategies/freeze-encoder.ts';
import { freezeHeads } from './strategies/freeze-heads.ts';
import { freezeLayersBelow } from './strategies/freeze-layers-below.ts';
import { freezePattern, trainPattern } from './strategies/freeze-pattern.ts';
import { gradualUnfreezing } from './strategies/gradual-unfreezing.ts';
import { groupRates } from './strategies/group-rates.ts';
import { layerNormOnly } from './strategies/layer-norm-only.ts';
import { layerwiseRateDecay } from './strategies/layerwise-rate-decay.ts';
import { staged } from './strategies/staged.ts';
import { trainAll } from './strategies/train-all.ts';

const model = outline(4);

const stall = fc.record({
  kind: fc.constant('stall' as const),
  metric: fc.constant('intent.accuracy'),
  better: fc.constantFrom('higher' as const, 'lower' as const),
  patience: fc.integer({ min: 1, max: 3 }),
  margin: fc.constantFrom(0, 0.05),
});
const every = fc.record({
  kind: fc.constantFrom('step' as const, 'epoch' as const),
  every: fc.integer({ min: 1, max: 9 }),
});
const triggers: fc.Arbitrary<StageTrigger> = fc.oneof(stall, every);

const constant = fc.oneof(
  fc.constantFrom(trainAll(), freezeAll(), freezeEncoder(), freezeEmbeddings(), bitFit(), layerNormOnly()),
  fc.integer({ min: 0, max: 4 }).map(freezeLayersBelow),
  fc.constantFrom('intent', 'sentiment').map((task) => freezeHeads(task)),
  fc.constantFrom('encoder.layers.*.attention.**', '**.bias', 'heads.*.output.*').chain((pattern) => {
    return fc.constantFrom(freezePattern(pattern), trainPattern(pattern));
  }),
  fc.constantFrom(0.5, 0.9, 1).map((factor) => layerwiseRateDecay(factor, { topDistance: 1 })),
  fc.constantFrom(0.25, 2).map((rate) => groupRates({ 'heads.*': rate, embeddings: { decay: 0 } })),
);
const { strategy: strategies } = fc.letrec<{ strategy: FreezeStrategy }>((tie) => ({
  strategy: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    constant,
    fc
      .record({ when: triggers, embeddings: fc.constantFrom('last' as const, 'never' as const) })
      .map(gradualUnfreezing),
    fc
      .tuple(fc.array(tie('strategy'), { minLength: 1, maxLength: 3 }), triggers)
      .map(([parts, when]) => staged(parts, when)),
    fc.array(tie('strategy'), { maxLength: 3 }).map((parts) => compose(...parts)),
  ),
}));

function labelList(strategy: FreezeStrategy, progress: Progress): readonly ParameterLabel[] {
  const plan = planFreezing(strategy, model);
  return [...plan.labels(plan.stageAt(progress)).values()];
}

/** Products of factors may differ in their last bit. */
function expectSame(a: readonly ParameterLabel[], b: readonly ParameterLabel[]): void {
  expect(a.length).toBe(b.length);
  a.forEach((label, i) => {
    const other = b[i];
    if (label === 'frozen' || other === 'frozen' || other === undefined) return expect(label).toBe(other);
    expect(label.group).toBe(other.group);
    expect(Math.abs(label.rate / other.rate - 1)).toBeLessThan(1e-12);
    expect(Math.abs(label.decay - other.decay)).toBeLessThan(1e-12);
  });
}

/** A run that has come from one progress to a later one. */
function later(a: Progress, b: Progress): Progress {
  return { step: a.step + b.step, epoch: a.epoch + b.epoch, history: [...a.history, ...b.history] };
}

describe('whatever the strategy', () => {
  test('every path has exactly one label, which is a pure function of progress', () => {
    fc.assert(
      fc.property(strategies, progresses, (strategy, progress) => {
        const plan = planFreezing(strategy, model);
        const labels = plan.labels(plan.stageAt(progress));
        expect([...labels.keys()]).toEqual([...model.parameters.keys()]);
        for (const label of labels.values()) {
          if (label !== 'frozen')
            expect([label.rate > 0, label.decay >= 0, label.group !== '']).toEqual([true, true, true]);
        }
        const again = JSON.parse(JSON.stringify(progress)) as Progress;
        expect(plan.labels(plan.stageAt(again))).toEqual(labels);
      }),
    );
  });

  test('its stage is one of those that can be known beforehand, the first at the start', () => {
    fc.assert(
      fc.property(strategies, progresses, (strategy, progress) => {
        const plan = planFreezing(strategy, model);
        fc.pre(plan.rules.reduce((product, { stageCount }) => product * stageCount, 1) <= 10_000);
        const stages = allStages(plan).map(String);
        expect(new Set(stages).size).toBe(stages.length);
        expect(stages).toContain(String(plan.stageAt(progress)));
        expect(stages[0]).toBe(String(plan.stageAt(START)));
      }),
    );
  });

  test('stages never go back', () => {
    fc.assert(
      fc.property(strategies, progresses, progresses, (strategy, before, more) => {
        const { stageAt } = planFreezing(strategy, model);
        const [early, late] = [stageAt(before), stageAt(later(before, more))];
        early.forEach((stage, i) => expect(late[i]).toBeGreaterThanOrEqual(stage));
      }),
    );
  });

  test('nothing changes before it is said to', () => {
    fc.assert(
      fc.property(strategies, progresses, progresses, (strategy, before, more) => {
        const { nextChange, stageAt } = planFreezing(strategy, model);
        const next = nextChange(before);
        const after = later(before, more);
        const kept = {
          step: Math.min(after.step, (next.step ?? Infinity) - 1),
          epoch: Math.min(after.epoch, (next.epoch ?? Infinity) - 1),
          history: next.evaluation === true ? before.history : after.history,
        };
        expect(stageAt(kept)).toEqual(stageAt(before));
        if (next.step !== undefined) expect(stageAt({ ...before, step: next.step })).not.toEqual(stageAt(before));
        if (next.epoch !== undefined) expect(stageAt({ ...before, epoch: next.epoch })).not.toEqual(stageAt(before));
      }),
    );
  });

  test('the frozen prefix has no trained parameter, and is the longest such', () => {
    fc.assert(
      fc.property(strategies, progresses, (strategy, progress) => {
        const plan = planFreezing(strategy, model);
        const labels = plan.labels(plan.stageAt(progress));
        const prefix = frozenPrefix(labels, 4);
        const places = trainedPaths(labels).map(placeOf);
        const trainsIn = (layer: number): boolean => places.some((p) => p.part === 'layer' && p.layer === layer);
        expect(prefix.embeddings).toBe(!places.some(({ part }) => part === 'embeddings'));
        if (!prefix.embeddings) expect(prefix.layers).toBe(0);
        for (let layer = 0; layer < prefix.layers; layer++) expect(trainsIn(layer)).toBe(false);
        if (prefix.embeddings && prefix.layers < 4) expect(trainsIn(prefix.layers)).toBe(true);
        expect(prefix.sentenceEmbedding).toBe(places.every(({ part }) => part === 'head'));
      }),
    );
  });
});

describe('compositions', () => {
  test('are the same in any order and nesting', () => {
    fc.assert(
      fc.property(strategies, strategies, strategies, progresses, (a, b, c, progress) => {
        const abc = labelList(compose(a, compose(b, c)), progress);
        expectSame(labelList(compose(compose(a, b), c), progress), abc);
        expectSame(labelList(compose(c, b, a), progress), abc);
      }),
    );
  });

  test('with a strategy that freezes nothing are that strategy alone', () => {
    fc.assert(
      fc.property(strategies, progresses, (strategy, progress) => {
        const alone = labelList(strategy, progress);
        expect(labelList(compose(strategy, trainAll()), progress)).toEqual(alone);
        expect(labelList(compose(strategy), progress)).toEqual(alone);
        expect(labelList(compose(compose(), strategy), progress)).toEqual(alone);
      }),
    );
  });

  test('freeze what any part freezes, and multiply the factors of the rest', () => {
    fc.assert(
      fc.property(strategies, strategies, progresses, (a, b, progress) => {
        const [ofA, ofB, both] = [a, b, compose(a, b)].map((strategy) => labelList(strategy, progress));
        both?.forEach((label, i) => {
          const [one = 'frozen', other = 'frozen'] = [ofA?.[i], ofB?.[i]];
          if (one === 'frozen' || other === 'frozen') expect(label).toBe('frozen');
          else expect(label).toMatchObject({ rate: one.rate * other.rate });
        });
      }),
    );
  });

  test('of a strategy that only freezes with itself are that strategy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(bitFit(), freezeEncoder(), freezeHeads('intent')),
        progresses,
        (strategy, progress) => {
          expect(labelList(compose(strategy, strategy), progress)).toEqual(labelList(strategy, progress));
        },
      ),
    );
  });
});

test('a staged strategy is the strategy of its stage', () => {
  const parts = [freezeEncoder(), compose(bitFit(), layerwiseRateDecay(0.5)), trainAll()];
  const inTurn = staged(parts, { kind: 'step', at: [5, 9] });
  [0, 4, 5, 8, 9, 100].forEach((step, i) => {
    const part = parts[Math.floor(i / 2)] ?? trainAll();
    expect(labelList(inTurn, { ...START, step })).toEqual(labelList(part, START));
  });
});

test('stages of strategies within stages are told apart', () => {
  const inner = (every: number): FreezeStrategy => gradualUnfreezing({ when: { kind: 'step', every } });
  const outer = staged([inner(2), inner(3)], { kind: 'epoch', at: [1] });
  const { stageAt } = planFreezing(outer, model);
  expect(stageAt({ ...START, step: 6, epoch: 1 })).toEqual([1, 3, 2]);
  expect(labelList(outer, { ...START, step: 6 })).toEqual(labelList(inner(2), { ...START, step: 6 }));
  expect(labelList(outer, { ...START, step: 6, epoch: 1 })).toEqual(labelList(inner(3), { ...START, step: 6 }));
});

test('a model whose layers have gaps, or are not as many as said, is refused', () => {
  const gap = new Map([['encoder.layers.1.feedForward.up.bias', { shape: [3] }]]);
  expect(() => planFreezing(trainAll(), { parameters: gap })).toThrow('has 1 layers, but none is encoder.layers.0');
  expect(() => planFreezing(trainAll(), outline(4, 6))).toThrow(ArgumentError);
  expect(planFreezing(trainAll(), outline(1, 6)).parts).toMatchObject({ layerCount: 6, sharedLayers: true });
});

test('more stages than can be listed are refused', () => {
  const gradual = gradualUnfreezing({ when: { kind: 'step', every: 10 } });
  const many = compose(gradual, gradual, gradual, gradual, gradual, gradual);
  const stages = (): unknown => allStages(planFreezing(many, model));
  expect(stages).toThrow(ArgumentError);
  expect(stages).toThrow('has 15625 stages, 5 × 5 × 5 × 5 × 5 × 5; at most 10000 can be listed');
});
