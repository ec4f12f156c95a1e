import { describe, expect, test } from 'vitest';
import { planFreezing } from '../freeze-plan.ts';
import type { FreezeStrategy } from '../freeze-strategy.ts';
import { outline } from '../outline.test.support.ts';
import { bitFit } from '../strategies/bit-fit.ts';
import { compose } from '../strategies/compose.ts';
import { freezeEmbeddings } from '../strategies/freeze-embeddings.ts';
import { freezeEncoder } from '../strategies/freeze-encoder.ts';
import { freezeHeads } from '../strategies/freeze-heads.ts';
import { freezeLayersBelow } from '../strategies/freeze-layers-below.ts';
import { gradualUnfreezing } from '../strategies/gradual-unfreezing.ts';
import { layerwiseRateDecay } from '../strategies/layerwise-rate-decay.ts';
import { trainAll } from '../strategies/train-all.ts';
import { describeFreezing, type FreezingRow, type FreezingTable } from './freezing-table.ts';
import { printFreezing } from './print-freezing.ts';

const base = {
  learningRate: (path: string) => (path.startsWith('heads.') ? 1e-2 : 2e-5),
  weightDecay: 0.01,
};

const tableOf = (strategy: FreezeStrategy, model = outline(4)): FreezingTable => {
  return describeFreezing(planFreezing(strategy, model), base);
};
const rowOf = (table: FreezingTable, group: string): FreezingRow | undefined => {
  return table.rows.find((row) => row.group === group);
};

describe('the table', () => {
  test('counts values, joins layers that are alike, and has the rates of what trains', () => {
    const table = tableOf(freezeLayersBelow(3));
    expect(table.rows.map(({ group }) => group)).toEqual([
      'embeddings',
      'layers.0–2',
      'layers.3',
      'pooling',
      'heads.intent',
      'heads.sentiment',
    ]);
    // A layer of the test's model has three weights of 12 values and three biases of 4.
    expect(rowOf(table, 'layers.0–2')).toEqual({
      group: 'layers.0–2',
      parameterCount: 144,
      trainedCount: 0,
      learningRates: [],
      weightDecays: [],
      thaws: ['never'],
    });
    expect(rowOf(table, 'layers.3')).toEqual({
      group: 'layers.3',
      parameterCount: 48,
      trainedCount: 48,
      learningRates: [2e-5],
      weightDecays: [0.01, 0],
      thaws: [],
    });
    expect(rowOf(table, 'heads.intent')).toMatchObject({ learningRates: [1e-2], trainedCount: 16 });
    expect([table.parameterCount, table.trainedCount]).toEqual([28 + 4 * 48 + 3 * 16, 48 + 3 * 16]);
  });

  test('sums are those of the rows, whatever the strategy', () => {
    const strategies = [
      trainAll(),
      bitFit(),
      freezeHeads('intent'),
      gradualUnfreezing({ when: { kind: 'step', every: 5 } }),
    ];
    for (const strategy of strategies) {
      const { rows, parameterCount, trainedCount } = tableOf(strategy);
      expect(rows.reduce((sum, row) => sum + row.parameterCount, 0)).toBe(parameterCount);
      expect(rows.reduce((sum, row) => sum + row.trainedCount, 0)).toBe(trainedCount);
    }
  });

  test('says of frozen parts when they thaw, and at which rate they train then', () => {
    const when = { kind: 'step', at: [700, 1400] } as const;
    const table = tableOf(
      compose(gradualUnfreezing({ when, layersAtOnce: 2 }), layerwiseRateDecay(0.5), freezeEmbeddings()),
    );
    expect(rowOf(table, 'layers.3')).toMatchObject({
      trainedCount: 0,
      learningRates: [2e-5],
      thaws: ['from step 700'],
    });
    expect(rowOf(table, 'layers.0')).toMatchObject({ learningRates: [2.5e-6], thaws: ['from step 1400'] });
    expect(rowOf(table, 'embeddings')).toMatchObject({ learningRates: [], thaws: ['never'] });
    expect(rowOf(table, 'heads.intent')).toMatchObject({ trainedCount: 16, thaws: [] });
  });

  test('names both beginnings where two strategies hold a part', () => {
    const stall = { kind: 'stall', metric: 'intent.accuracy' } as const;
    const table = tableOf(
      compose(gradualUnfreezing({ when: { kind: 'epoch', every: 1 } }), gradualUnfreezing({ when: stall })),
    );
    expect(rowOf(table, 'layers.2')?.thaws).toEqual(['from epoch 2 and when intent.accuracy has stalled 2 times']);
  });

  test('a group of which a part trains has both', () => {
    expect(rowOf(tableOf(bitFit()), 'layers.0–3')).toMatchObject({
      parameterCount: 192,
      trainedCount: 48,
      weightDecays: [0],
      thaws: ['never'],
    });
  });
});

test('as text, a table with its columns in line', () => {
  const when = { kind: 'epoch', every: 1 } as const;
  expect(printFreezing(tableOf(gradualUnfreezing({ when, layersAtOnce: 3 })))).toBe(
    [
      'gradualUnfreezing(every epoch; 3 at once; embeddings withLowestLayer)',
      '',
      'group            parameters  train  learning rate  weight decay  thaws',
      'embeddings               28      0  2e-5           0.01, 0       from epoch 2',
      'layers.0                 48      0  2e-5           0.01, 0       from epoch 2',
      'layers.1–3              144      0  2e-5           0.01, 0       from epoch 1',
      'pooling                  16      0  2e-5           0.01, 0       from epoch 1',
      'heads.intent             16     16  0.01           0.01, 0',
      'heads.sentiment          16     16  0.01           0.01, 0',
      '',
      '32 of 268 parameters train from the first step on (11.9 %)',
      '',
    ].join('\n'),
  );
});

test('as text, a frozen encoder whose layers share their parameters', () => {
  const text = printFreezing(tableOf(freezeEncoder(), outline(1, 12)));
  expect(text).toContain('layers.0                 48      0  –              –             never\n');
  expect(text).toContain('All layers share the parameters of layers.0.\n');
});
