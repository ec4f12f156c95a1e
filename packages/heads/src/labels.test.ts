import { describe, expect, it } from 'vitest';
import { LabelError, TaskConfigError } from './errors.ts';
import { classification } from './kinds/classification.ts';
import { embedding } from './kinds/embedding.ts';
import { multiLabel } from './kinds/multi-label.ts';
import { pairSimilarity } from './kinds/pair-similarity.ts';
import { regression } from './kinds/regression.ts';
import { encodeLabels, fitTask } from './labels.ts';
import type { Task } from './task-kinds.ts';

const intent = classification(['refund', 'cancel', '5']);

describe('encodeLabels', () => {
  it('gives classes their numbers, and −100 to rows without one', () => {
    const { dtype, shape, data } = encodeLabels('intent', intent, ['cancel', null, 'refund', undefined, 5]);
    expect([dtype, shape]).toEqual(['int32', [5]]);
    expect([...data]).toEqual([1, -100, 0, -100, 2]);
  });

  it('gives tags a row of zeros and ones, and NaN to rows without a list', () => {
    const tags = encodeLabels('tags', multiLabel(['urgent', 'angry']), [['angry'], [], null, ['angry', 'urgent']]);
    expect([tags.dtype, tags.shape]).toEqual(['float32', [4, 2]]);
    expect([...tags.data]).toEqual([0, 1, 0, 0, NaN, NaN, 1, 1]);
  });

  it('takes numbers as data files spell them', () => {
    expect([...encodeLabels('mood', regression(), [1.5, ' 2 ', null, '-3e1']).data]).toEqual([1.5, 2, NaN, -30]);
    const axes = encodeLabels('axes', regression({ size: 2 }), [[1, 2], null]);
    expect([axes.shape, [...axes.data]]).toEqual([
      [2, 2],
      [1, 2, NaN, NaN],
    ]);
    expect([...encodeLabels('alike', pairSimilarity({ range: [0, 5] }), [5, 0, null]).data]).toEqual([5, 0, NaN]);
  });

  it('marks texts that belong together', () => {
    const pairs = embedding({ loss: { type: 'contrastive' } });
    expect([...encodeLabels('near', pairs, [true, 0, '1', null]).data]).toEqual([1, 0, 1, NaN]);
  });

  it.each<readonly [string, Task, unknown, string]>([
    ['intent', intent, 'refnd', 'label of task "intent": "refnd" is not one of its 3 labels; did you mean "refund"?'],
    ['intent', intent, '__proto__', '"__proto__" is not one of its 3 labels'],
    ['intent', intent, ['refund'], 'a list of 1 is not one of its 3 labels'],
    ['tags', multiLabel(['urgent']), 'urgent', '"urgent" is not a list of labels'],
    ['tags', multiLabel(['urgent']), ['urgnt'], '"urgnt" is not one of its 1 labels; did you mean "urgent"?'],
    ['mood', regression(), 'good', '"good" is not a number'],
    ['mood', regression(), '', '"" is not a number'],
    ['mood', regression(), Infinity, 'is not a number'],
    ['mood', regression(), 1e39, '1e+39 is larger than training computes with, 3.4e38'],
    ['mood', regression(), [1, 2], 'a list of 2 is not a list of 1 numbers'],
    ['axes', regression({ size: 2 }), [1, 'x'], '"x" is not a number'],
    ['alike', pairSimilarity({ range: [0, 5] }), 7, '7 is outside its range, 0 to 5'],
    ['near', embedding(), 0, '0 (not alike) is nothing that the loss multipleNegativesRanking can learn from'],
    ['near', embedding(), 'yes', '"yes" is neither 1 (alike) nor 0 (not alike)'],
  ])('says of a label of task "%s" where it is and what is wrong with it', (name, task, label, message) => {
    const encode = (): unknown => encodeLabels(name, task, [null, label], (row) => `train.jsonl:${row + 1}`);
    expect(encode).toThrow(LabelError);
    expect(encode).toThrow(`train.jsonl:2: label of task "${name}": `);
    expect(encode).toThrow(message);
    expect(() => encodeLabels(name, task, [label])).toThrow('row 0: ');
  });
});

describe('fitTask', () => {
  it('finds mean and deviation of the labels there are; constant targets keep their scale', () => {
    const task = regression({ size: 2, standardize: true });
    const fitted = fitTask('axes', task, [[1, 7], null, [3, 7]]);
    expect(fitted.scale).toEqual({ means: [2, 7], deviations: [1, 1] });
    expect(task.scale).toBeNull();
  });

  it('says so where there is nothing to fit to', () => {
    const fit = (): unknown => fitTask('mood', regression({ standardize: true }), [null]);
    expect(fit).toThrow(TaskConfigError);
    expect(fit).toThrow('task "mood": no row has a label');
  });

  it('leaves other tasks as they are', () => {
    const mood = regression();
    expect(fitTask('mood', mood, [1, 2])).toBe(mood);
    expect(fitTask('intent', intent, ['refund'])).toBe(intent);
  });
});
