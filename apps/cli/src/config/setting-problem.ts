import { describeValue, nearestMatch } from '@sentence-mtl/core';
import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** What a value of a wrong kind should be. */
const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'settings by name',
  record: 'a value for each name',
  string: 'a text',
};

/** What else than a name a setting may be. */
export interface OtherForm {
  readonly says: string;
  /** As it is written, for who means it. */
  readonly form?: string;
}

/** `it must be one, two, or a number; did you mean two?`, of settings that are one of some names, or something else. */
export function mustBeOneOf(input: unknown, names: readonly string[], other?: OtherForm): string {
  const forms = [...names, ...(other?.form === undefined ? [] : [other.form])];
  const nearest = typeof input === 'string' ? nearestMatch(input, forms) : undefined;
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return `it must be ${[...names, ...(other === undefined ? [] : [other.says])].join(', ')}${hint}`;
}

function needed(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `${KINDS[issue.expected] ?? issue.expected} is needed`;
    case 'too_small':
      if (issue.origin === 'string') return 'it must not be empty';
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum} is needed`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum} is needed`;
    default:
      return undefined;
  }
}

/** What is wrong with the value of a setting, for people: what it is, and what it must be. Zod asks where no rule says. */
export function settingProblem(issue: Issue): string | undefined {
  if (issue.code === 'invalid_value') return mustBeOneOf(issue.input, issue.values.map(String));
  const remedy = needed(issue);
  return remedy === undefined ? undefined : `it is ${describeValue(issue.input)}; ${remedy}`;
}
