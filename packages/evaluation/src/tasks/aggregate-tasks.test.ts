import { describe, expect, it } from 'vitest';
import { aggregateTasks } from './aggregate-tasks.ts';
import { evaluateTask } from './evaluate-task.ts';
import { metricsTable } from './metrics-table.ts';

const evaluations = {
  intent: evaluateTask({ kind: 'classification', labelCount: 2, predictions: [0, 1, 1, 0], labels: [0, 1, 0, -100] }),
  mood: evaluateTask({ kind: 'regression', predictions: [1, 2, 3], labels: [1, 2, 4] }),
  tags: evaluateTask({ kind: 'multi-label', labelCount: 2, predictions: [], labels: [] }),
};

describe('aggregateTasks', () => {
  it('is the mean of the primary metrics that have a value', () => {
    expect(aggregateTasks(evaluations)).toEqual({ value: (2 / 3 + 1) / 2, note: 'tasks-left-out', better: 'higher' });
    const { intent, mood } = evaluations;
    expect(aggregateTasks({ intent, mood })).toEqual({ value: (2 / 3 + 1) / 2, better: 'higher' });
  });

  it('is a named metric of one task, with the way that is better', () => {
    expect(aggregateTasks(evaluations, 'mood.maxError')).toEqual({ value: 1, better: 'lower' });
    expect(aggregateTasks(evaluations, 'tags.f1Micro')).toEqual({
      value: undefined,
      note: 'no-rows',
      better: 'higher',
    });
  });

  it('has no value without tasks or rows, and says so', () => {
    expect(aggregateTasks({})).toEqual({ value: undefined, note: 'no-rows', better: 'higher' });
    expect(aggregateTasks({ tags: evaluations.tags })).toEqual({ value: undefined, note: 'no-rows', better: 'higher' });
  });

  it('refuses a name that is none, and a mean of what is better high and low', () => {
    expect(() => aggregateTasks(evaluations, 'intent.f1macro')).toThrow(
      '"intent.f1macro" is not the metric of a task; did you mean intent.f1Macro?',
    );
    expect(() => aggregateTasks(evaluations, '__proto__.accuracy')).toThrow('is not the metric of a task');
    const { intent } = evaluations;
    const mood = evaluateTask({ kind: 'regression', predictions: [1], labels: [1] }, { primary: 'maxError' });
    expect(() => aggregateTasks({ intent, mood })).toThrow('less is better for mood.maxError');
    expect(aggregateTasks({ mood })).toEqual({ value: 0, better: 'lower' });
  });
});

describe('metricsTable', () => {
  it('has a line a task and the notes below', () => {
    expect(metricsTable(evaluations)).toBe(
      [
        'task    rows    primary metric',
        'intent  3 of 4  accuracy 0.667  f1Macro 0.667  matthewsCorrelation 0.500',
        'mood    3       spearman 1.000  r2 0.786       rootMeanSquaredError 0.577',
        'tags    0       f1Micro –*      f1Macro –*     subsetAccuracy –*',
        '* tags, f1Micro: no row has a label',
        '* tags, f1Macro: no row has a label',
        '* tags, subsetAccuracy: no row has a label',
      ].join('\n'),
    );
  });
});
