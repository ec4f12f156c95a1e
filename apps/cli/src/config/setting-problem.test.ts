import { describe, expect, test } from 'vitest';
import { settingProblem } from './setting-problem.ts';
import { SETTINGS, type Settings } from './settings.ts';

function problemOf(name: keyof Settings, value: unknown): string | undefined {
  return SETTINGS[name].safeParse(value, { error: settingProblem }).error?.issues[0]?.message;
}

describe('a setting with a value that it does not take says which it is and what is needed', () => {
  test.each<[name: keyof Settings, value: unknown, message: string]>([
    ['seed', 1.5, 'it is 1.5; a whole number is needed'],
    ['seed', -1, 'it is -1; at least 0 is needed'],
    ['batchSize', 'x', 'it is "x"; a number is needed'],
    ['epochs', 0, 'it is 0; at least 1 is needed'],
    ['testShare', 1.5, 'it is 1.5; less than 1 is needed'],
    ['tasks', ['intent'], 'it is a list of 1; a value for each name is needed'],
    ['train', 'a.csv', 'it is "a.csv"; a list is needed'],
    ['textColumn', '', 'it is ""; it must not be empty'],
    ['baselines', 'yes', 'it is "yes"; true or false is needed'],
    ['checkpointEvery', 0, 'it is 0; at least 1 is needed'],
    ['onBadRow', 'skp', 'it must be stop, skip; did you mean skip?'],
    [
      'tasks',
      { intent: 'clasification' },
      'it must be classification, multi-label, regression, inferred; did you mean classification?',
    ],
    [
      'freeze',
      'layer:3',
      'it must be none, embeddings, encoder, bias-only, layer-norm-only, gradual, or layers:K for the embeddings and the lowest K layers; did you mean layers:K?',
    ],
    [
      'balancing',
      'unsertainty',
      'it must be equal, uncertainty, or a weight of at least 0 for each task; did you mean uncertainty?',
    ],
  ])('%s: %j', (name, value, message) => {
    expect(problemOf(name, value)).toBe(message);
  });
});
