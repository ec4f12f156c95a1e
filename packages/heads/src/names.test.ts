import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskConfigError } from './errors.ts';
import { classification } from './kinds/classification.ts';
import { checkTaskName, checkTaskNames } from './names.ts';
import { parseLabels } from './label-set.ts';

const badTaskNames: readonly (readonly [name: unknown, why: string])[] = [
  ['__proto__', 'every JavaScript object has a key of this name'],
  ['constructor', 'every JavaScript object has a key of this name'],
  ['toString', 'every JavaScript object has a key of this name'],
  ['', 'it is empty'],
  ['../up', 'only letters, digits, "_" and "-" do'],
  ['a/b', 'only letters'],
  ['a\\b', 'only letters'],
  ['.', 'only letters'],
  ['a.b', 'only letters'],
  ['a\0', 'only letters'],
  ['é', 'only letters'],
  ['C:', 'only letters'],
  ['nul', 'Windows knows a device'],
  ['embedding', 'predictions carry the embedding under this name'],
  ['x'.repeat(65), 'longer than 64'],
  [3, 'it is not a text'],
  [null, 'it is not a text'],
];

describe('a task', () => {
  it.each(badTaskNames)('cannot be called %j', (name, why) => {
    expect(() => checkTaskName(name)).toThrow(TaskConfigError);
    expect(() => checkTaskName(name)).toThrow(why);
  });

  it('has a name of its own, on every disk', () => {
    expect(() => checkTaskNames(['mood', 'Mood'])).toThrow('tasks "mood" and "Mood" differ in capitals only');
    expect(() => checkTaskNames(['mood', 'mood'])).toThrow('task "mood" is defined twice');
    expect(() => checkTaskNames([])).toThrow('no task is defined');
    expect(() => checkTaskNames(['mood', 'intent-2', 'a_b'])).not.toThrow();
  });
});

describe('the labels of a task', () => {
  it.each<readonly [unknown, string]>([
    [['a', 'b', 'a'], 'labels.json: "[2]" is "a", which is there already as number 0'],
    [['only'], 'labels.json: is a list of 1; at least 2 entries are needed'],
    [[], 'at least 2 entries are needed'],
    [['a', 3], '"[1]" is 3; a text is needed'],
    [['a', null], '"[1]" is null; a text is needed'],
    [['a', ''], '"[1]" is "", which cannot be a label: it is empty'],
    [['a', '__proto__'], '"[1]" is "__proto__", which cannot be a label: every JavaScript object'],
    [['a', 'hasOwnProperty'], 'every JavaScript object has a key of this name'],
    [['a', 'b\0c'], 'it contains a NUL character'],
    [['a', '\ud800'], 'it contains half of a character'],
    [{ a: 1 }, 'labels.json: is {"a":1}; a list is needed'],
    ['a,b', 'a list is needed'],
    [undefined, 'labels.json: is missing; a list is needed'],
  ])('cannot be %j', (json, why) => {
    expect(() => parseLabels(json, 'labels.json')).toThrow(TaskConfigError);
    expect(() => parseLabels(json, 'labels.json')).toThrow(why);
  });

  it('are refused by the task too', () => {
    expect(() => classification(['a', 'a'])).toThrow('classification: "labels[1]" is "a", which is there already');
  });

  it('may be anything else, and stay as they are', () => {
    const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 8 }), (labels) => {
        fc.pre(labels.every((label) => !(label in {}) && label !== 'prototype' && !label.includes('\0')));
        expect(classification(labels).labels).toEqual(labels);
        expect(parseLabels(JSON.parse(JSON.stringify(labels)), 'f')).toEqual(labels);
      }),
    );
  });
});
