import { describe, expect, it } from 'vitest';
import { TaskConfigError } from './errors.ts';
import { classification } from './kinds/classification.ts';
import { embedding } from './kinds/embedding.ts';
import { multiLabel } from './kinds/multi-label.ts';
import { pairClassification } from './kinds/pair-classification.ts';
import { pairSimilarity } from './kinds/pair-similarity.ts';
import { regression } from './kinds/regression.ts';
import { defineTasks, parseTask } from './tasks.ts';

const linear = {
  input: 'normalized',
  logitScale: null,
  inputDropout: 0,
  hiddenSizes: [],
  activation: 'gelu',
  dropout: 0,
};

describe('defineTasks', () => {
  it('fills in what is left out', () => {
    const tasks = defineTasks({ intent: classification(['refund', 'cancel']), near: embedding() });
    expect(tasks).toEqual({
      intent: {
        kind: 'classification',
        labels: ['refund', 'cancel'],
        descriptions: {},
        head: linear,
        loss: { type: 'crossEntropy', labelSmoothing: 0, classWeights: {} },
      },
      near: {
        kind: 'embedding',
        input: 'normalized',
        loss: { type: 'multipleNegativesRanking', scale: 20, symmetric: false, hardNegatives: 0 },
      },
    });
  });

  it('keeps every kind of task through a file', () => {
    const tasks = defineTasks({
      a: classification(['x', 'y'], {
        descriptions: { x: 'the first' },
        head: { hiddenSizes: [8, 4], dropout: 0.1, input: { pooling: ['cls', 'mean'] }, logitScale: 10 },
        loss: { type: 'focal', gamma: 1, classWeights: { y: 3 } },
      }),
      b: multiLabel(['x'], { thresholds: { x: 0.25 }, loss: { type: 'focal' } }),
      c: { ...regression({ size: 2, standardize: true }), scale: { means: [1, 2], deviations: [3, 4] } },
      d: pairSimilarity({ range: [0, 5], loss: { type: 'cosent' } }),
      e: pairClassification(['x', 'y'], { reads: { product: true } }),
      f: embedding({ input: 'embedding', loss: { type: 'triplet', distance: 'manhattan' } }),
    });
    for (const [name, task] of Object.entries(tasks)) {
      expect(parseTask(JSON.parse(JSON.stringify(task)), name)).toEqual(task);
    }
  });

  it('refuses names that cannot be, whatever the tasks', () => {
    expect(() => defineTasks({ 'a/b': regression() })).toThrow('"a/b" cannot be the name of a task');
    expect(() => defineTasks({ ['__proto__']: regression() })).toThrow('"__proto__" cannot be the name of a task');
  });
});

const bad: readonly (readonly [what: string, json: unknown, message: string])[] = [
  ['no object', ['classification'], 'head.json is a list of 1; an object of settings is needed'],
  ['no kind', {}, 'head.json: "kind" is missing; it must be one of "classification", "multi-label"'],
  ['a mistyped kind', { kind: 'clasification' }, 'did you mean "classification"?'],
  ['an inherited kind', { kind: 'toString' }, '"kind" is "toString"; it must be one of'],
  ['a mistyped setting', { kind: 'regression', los: {} }, 'has an unknown setting "los"; did you mean "loss"?'],
  [
    'a mistyped setting further in',
    { kind: 'regression', head: { hidenSizes: [] } },
    '"head" has an unknown setting "hidenSizes"; did you mean "hiddenSizes"?',
  ],
  [
    'a mistyped loss',
    { kind: 'regression', loss: { type: 'hubr' } },
    '"loss.type" is "hubr"; it must be one of "meanSquaredError", "meanAbsoluteError", "huber"; did you mean "huber"?',
  ],
  ['a loss that is no object', { kind: 'regression', loss: 'huber' }, '"loss" is "huber"; an object is needed'],
  ['a rate of 1', { kind: 'regression', head: { dropout: 1 } }, '"head.dropout" is 1; it must be below 1'],
  [
    'a mistyped input',
    { kind: 'regression', head: { input: 'normalised' } },
    '"head.input" is "normalised"; it must be one of "normalized", "embedding"; did you mean "normalized"?',
  ],
  [
    'a mistyped pooling',
    { kind: 'regression', head: { input: { pooling: ['clss'] } } },
    '"head.input.pooling[0]" is "clss"; it must be one of "cls", "max", "mean"',
  ],
  ['a broken size', { kind: 'regression', size: 1.5 }, '"size" is 1.5; a whole number is needed'],
  [
    'a scale of another size',
    { kind: 'regression', size: 2, scale: { means: [0], deviations: [1] } },
    '"scale" has 1 means and 1 deviations for 2 numbers',
  ],
  [
    'a deviation of 0',
    { kind: 'regression', scale: { means: [0], deviations: [0] } },
    '"scale.deviations[0]" is 0; it must be above 0',
  ],
  [
    'a threshold out of range',
    { kind: 'multi-label', labels: ['a'], thresholds: { a: 1.2 } },
    '"thresholds.a" is 1.2; it must be at most 1',
  ],
  [
    'a threshold of another label',
    { kind: 'multi-label', labels: ['urgent'], thresholds: { urgnt: 0.5 } },
    '"thresholds.urgnt" is for a label that the task does not have; did you mean "urgent"?',
  ],
  [
    'a weight of another label',
    { kind: 'classification', labels: ['a', 'b'], loss: { type: 'focal', classWeights: { constructor: 1 } } },
    '"loss.classWeights.constructor" is for a label that the task does not have',
  ],
  [
    'a smoothing out of range',
    { kind: 'classification', labels: ['a', 'b'], loss: { type: 'crossEntropy', labelSmoothing: 1.5 } },
    '"loss.labelSmoothing" is 1.5; it must be below 1',
  ],
  [
    'a range upside down',
    { kind: 'pair-similarity', range: [5, 0] },
    '"range" is from 5 to 0; the first must be the lower',
  ],
  ['a number that is none', { kind: 'pair-similarity', range: [0, NaN] }, '"range[1]" is'],
];

describe('parseTask refuses', () => {
  it.each(bad)('%s', (_what, json, message) => {
    expect(() => parseTask(json, 'head.json')).toThrow(TaskConfigError);
    expect(() => parseTask(json, 'head.json')).toThrow(message);
  });
});
