import { ArgumentError } from '@sentence-mtl/core';
import { describe, expect, test } from 'vitest';
import { MissingMetricError } from '../freeze-error.ts';
import { planFreezing } from '../freeze-plan.ts';
import { historyOf, outline, trainedAt } from '../outline.test.support.ts';
import type { Progress } from '../progress.ts';
import { gradualUnfreezing, type GradualUnfreezingOptions } from './gradual-unfreezing.ts';

/** The encoder's groups that train: layers by number, `e` the embeddings, `p` the pooling. */
function trains(options: GradualUnfreezingOptions, progress: Partial<Progress>, model = outline(4)): string {
  const paths = trainedAt(gradualUnfreezing(options), model, progress);
  expect(paths.filter((path) => path.startsWith('heads.'))).toHaveLength(4);
  const groups = paths.map((path) => /^encoder\.layers\.(\d)/.exec(path)?.[1] ?? path.replace('encoder.', '')[0] ?? '');
  return [...new Set(groups)].filter((group) => group !== 'h').join('');
}

describe('by steps and epochs', () => {
  test('layers thaw from the top down, the embeddings with the lowest', () => {
    const when = { kind: 'step', every: 10 } as const;
    const at = (step: number): string => trains({ when }, { step });
    expect([0, 9, 10, 19, 20, 30, 39, 40, 1000].map(at)).toEqual([
      '',
      '',
      '3p',
      '3p',
      '23p',
      '123p',
      '123p',
      'e0123p',
      'e0123p',
    ]);
  });

  test('several layers at once, embeddings last or never', () => {
    const when = { kind: 'epoch', every: 1 } as const;
    const at = (embeddings: 'last' | 'never') => {
      return [0, 1, 2, 3].map((epoch) => trains({ when, layersAtOnce: 3, embeddings }, { epoch, step: 100 }));
    };
    expect(at('last')).toEqual(['', '123p', '0123p', 'e0123p']);
    expect(at('never')).toEqual(['', '123p', '0123p', '0123p']);
  });

  test('at given steps', () => {
    const when = { kind: 'step', at: [7, 14] } as const;
    expect([6, 7, 13, 14].map((step) => trains({ when, layersAtOnce: 2 }, { step }))).toEqual([
      '',
      '23p',
      '23p',
      'e0123p',
    ]);
  });

  test('layers that share parameters thaw at once', () => {
    const when = { kind: 'step', every: 10 } as const;
    const shared = outline(1, 12);
    expect([0, 10, 20].map((step) => trains({ when }, { step }, shared))).toEqual(['', 'e0p', 'e0p']);
    expect([0, 10, 20].map((step) => trains({ when, embeddings: 'last' }, { step }, shared))).toEqual([
      '',
      '0p',
      'e0p',
    ]);
  });
});

describe('when a metric stalls', () => {
  const stage = (values: readonly (number | null)[], options = {}): number | undefined => {
    const when = { kind: 'stall', metric: 'intent.accuracy', ...options } as const;
    const { stageAt } = planFreezing(gradualUnfreezing({ when }), outline(4));
    return stageAt({ step: 10 * values.length, epoch: 0, history: historyOf(values) })[0];
  };

  test.each<[readonly (number | null)[], object, number]>([
    [[], {}, 0],
    [[0.5], {}, 0],
    [[0.5, 0.6, 0.7], {}, 0],
    [[0.5, 0.5], {}, 1],
    [[0.5, 0.4, 0.3], {}, 2],
    [[0.5, 0.4, 0.3], { better: 'lower' }, 0],
    // The value to better stays the best so far, and the patience begins anew.
    [[0.5, 0.4, 0.6, 0.55], { patience: 2 }, 0],
    [[0.5, 0.4, 0.45, 0.48], { patience: 2 }, 1],
    [[0.5, 0.4, 0.45, 0.48, 0.3], { patience: 2 }, 2],
    [[0.5, 0.52, 0.54], { margin: 0.1 }, 2],
    // No value betters nothing.
    [[null, 0.1, null], {}, 2],
    [[1, 0, 0, 0, 0, 0, 0, 0], {}, 4],
  ])('%o with %o: stage %d', (values, options, expected) => {
    expect(stage(values, options)).toBe(expected);
  });

  test('a history through JSON gives the same, values that are no numbers included', () => {
    const values = [0.3, NaN, 0.2, Infinity, 0.6];
    const through = JSON.parse(JSON.stringify(values)) as (number | null)[];
    expect(through).toEqual([0.3, null, 0.2, null, 0.6]);
    expect(stage(through)).toBe(stage(values));
  });

  test('an evaluation without the metric is an error that names what there is', () => {
    const when = { kind: 'stall', metric: 'intent.acuracy' } as const;
    const { stageAt } = planFreezing(gradualUnfreezing({ when }), outline(4));
    const progress = { step: 10, epoch: 0, history: historyOf([0.5]) };
    expect(() => stageAt(progress)).toThrow(MissingMetricError);
    expect(() => stageAt(progress)).toThrow(
      'a stage waits for "intent.acuracy" to stall, but the evaluation at step 10 has no such metric; did you mean ' +
        '"intent.accuracy"?',
    );
    const named = { kind: 'stall', metric: 'constructor' } as const;
    expect(() => planFreezing(gradualUnfreezing({ when: named }), outline(4)).stageAt(progress)).toThrow(
      'it has intent.accuracy',
    );
  });
});

test('what changes next can be asked', () => {
  const plan = (when: GradualUnfreezingOptions['when']) => planFreezing(gradualUnfreezing({ when }), outline(2));
  const start = { step: 0, epoch: 0, history: [] };
  expect(plan({ kind: 'step', at: [7, 14] }).nextChange(start)).toEqual({ step: 7 });
  expect(plan({ kind: 'step', at: [7, 14] }).nextChange({ ...start, step: 7 })).toEqual({ step: 14 });
  expect(plan({ kind: 'step', at: [7, 14] }).nextChange({ ...start, step: 14 })).toEqual({});
  expect(plan({ kind: 'epoch', every: 2 }).nextChange({ ...start, epoch: 2 })).toEqual({ epoch: 4 });
  const stall = plan({ kind: 'stall', metric: 'intent.accuracy' });
  expect(stall.nextChange(start)).toEqual({ evaluation: true });
  expect(stall.nextChange({ ...start, history: historyOf([1, 0, 0]) })).toEqual({});
});

test.each<[GradualUnfreezingOptions, string]>([
  [{ when: { kind: 'step', at: [7] } }, '5 stages begin at 4 steps after the first; 1 are given'],
  [
    { when: { kind: 'step', at: [7, 7, 8, 9] } },
    'a stage begins at step 7; stages begin at whole numbers above 0 that rise',
  ],
  [{ when: { kind: 'epoch', every: 0 } }, 'a stage begins at epoch 0'],
  [{ when: { kind: 'epoch', every: NaN } }, 'a stage begins at epoch NaN'],
  [
    { when: { kind: 'stall', metric: 'a', patience: 0 } },
    'a patience of 1 or more and a margin of 0 or more, not 0, 0',
  ],
  [{ when: { kind: 'stall', metric: 'a', margin: NaN } }, 'not 1, NaN'],
  [{ when: { kind: 'step', every: 1 }, layersAtOnce: 0 }, 'thaws 0 layers at once'],
])('%o is refused', (options, message) => {
  const plan = (): unknown => planFreezing(gradualUnfreezing(options), outline(4));
  expect(plan).toThrow(ArgumentError);
  expect(plan).toThrow(message);
});
