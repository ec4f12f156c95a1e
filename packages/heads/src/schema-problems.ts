// What zod finds wrong with a value, said to people: the setting, what it is, what it may be, what was probably meant.
import { describeValue, nearestMatch } from '@sentence-mtl/core';
import { toJSONSchema, type core, type ZodType } from 'zod';

type Issue = core.$ZodIssue;
type JsonSchema = core.JSONSchema.BaseSchema;

const NEEDED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** `loss.classWeights.refund`, `labels[3]`; '' is the value as a whole. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** `; did you mean "x"?` or nothing. */
export function hint(given: unknown, known: Iterable<string>): string {
  const nearest = typeof given === 'string' ? nearestMatch(given, known) : undefined;
  return nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
}

/** The keys that an object may have at a path, by the schema of the whole. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  const members = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])] as readonly JsonSchema[];
  const [part, ...rest] = path;
  if (part === undefined) return members.flatMap(({ properties }) => Object.keys(properties ?? {}));
  return members.flatMap(({ properties, items }) => {
    const next = typeof part === 'number' ? items : properties?.[String(part)];
    return typeof next === 'object' && !Array.isArray(next) ? keysAt(next as JsonSchema, rest) : [];
  });
}

function limitOf(issue: Issue & { readonly code: 'too_small' | 'too_big' }): string {
  const [limit, words] =
    issue.code === 'too_small'
      ? [issue.minimum, issue.inclusive === false ? 'above' : 'at least']
      : [issue.maximum, issue.inclusive === false ? 'below' : 'at most'];
  if (issue.origin === 'array') return `${words} ${limit} entries are needed`;
  return `it must be ${words} ${limit}`;
}

/** Of the members of a union, what is wrong with the one that the value comes nearest to: it gets furthest into it. */
function nearestMember(issue: Issue & { readonly code: 'invalid_union' }): readonly Issue[] {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  return issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
}

function oneOf(value: unknown, options: readonly unknown[]): string {
  const texts = options.map((option) => JSON.stringify(option));
  const names = options.filter((option) => typeof option === 'string');
  return `is ${describeValue(value)}; it must be ${texts.length === 1 ? '' : 'one of '}${texts.join(', ')}${hint(value, names)}`;
}

/** What is wrong, beginning with `is …`, where the value itself is; else a sentence. */
function describe(issue: Issue, schema: JsonSchema): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is ${describeValue(issue.input)}; ${NEEDED[issue.expected] ?? issue.expected} is needed`;
    case 'too_small':
    case 'too_big':
      return `is ${describeValue(issue.input)}; ${limitOf(issue)}`;
    case 'invalid_value':
      return oneOf(issue.input, issue.values);
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => `has an unknown setting ${JSON.stringify(key)}${hint(key, known)}`).join('; ');
    }
    default:
      return issue.message;
  }
}

function problems(issue: Issue, schema: JsonSchema): readonly string[] {
  if (issue.code === 'invalid_union') {
    if ('options' in issue && issue.options !== undefined && issue.discriminator !== undefined) {
      const given = (issue.input as Readonly<Record<string, unknown>>)[issue.discriminator];
      return [placed(issue.path, oneOf(given, issue.options))];
    }
    const inner = nearestMember(issue);
    return inner.flatMap((each) => problems({ ...each, path: [...issue.path, ...each.path] }, schema));
  }
  return [placed(issue.path, describe(issue, schema))];
}

function placed(path: readonly PropertyKey[], words: string): string {
  const place = pathText(path);
  return place === '' ? words : `"${place}" ${words}`;
}

/** A value that a schema has checked and filled with defaults, or what is wrong with it, a line each. */
export function checkedBySchema<T>(
  schema: ZodType<T>,
  value: unknown,
): { readonly value: T } | { readonly problems: readonly string[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data };
  const json = toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { problems: result.error.issues.flatMap((issue) => problems(issue, json)) };
}
