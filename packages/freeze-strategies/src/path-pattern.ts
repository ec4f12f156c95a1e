import { ArgumentError, nearestMatch } from '@sentence-mtl/core';
import { UnknownPartError } from './freeze-error.ts';

const NAME = /^(?:\*\*|[A-Za-z0-9_*-]+)$/;

function namesOf(pattern: string): readonly string[] {
  const names = pattern.split('.');
  if (names.every((name) => NAME.test(name) && (name === '**' || !name.includes('**')))) return names;
  throw new ArgumentError(
    `"${pattern}" is not a pattern of paths: names joined by dots, where * stands for a part of a name and ** for any ` +
      'number of names, such as "encoder.layers.*.attention.**"',
  );
}

function matchesName(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
}

function matchesNames(names: readonly string[], pattern: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return names.length === 0;
  if (first === '**') return names.some((_, i) => matchesNames(names.slice(i), rest)) || matchesNames([], rest);
  return names[0] !== undefined && matchesName(names[0], first) && matchesNames(names.slice(1), rest);
}

/** Whether a path fits a pattern: `*` is any part of a name, `**` any number of whole names, none included. */
export function matchesPattern(path: string, pattern: string): boolean {
  return matchesNames(path.split('.'), namesOf(pattern));
}

/** Says at which name a pattern leaves the paths, and which name is meant. */
function explain(pattern: string, paths: readonly string[]): string {
  const names = namesOf(pattern);
  if (paths.some((path) => matchesPattern(path, `${pattern}.**`))) return `; did you mean "${pattern}.**"?`;
  const fits = (length: number): readonly string[] => {
    return paths.filter((path) => matchesPattern(path, [...names.slice(0, length), '**'].join('.')));
  };
  const wrong = names.findIndex((_, i) => fits(i + 1).length === 0);
  const [name = '', before] = [names[wrong], names.slice(0, wrong)];
  if (wrong === -1) return '';
  const open = before.includes('**');
  const next = fits(wrong).flatMap((path) => path.split('.').slice(open ? 0 : wrong, open ? undefined : wrong + 1));
  const candidates = [...new Set(next)];
  const near = nearestMatch(name, candidates);
  const below = before.length === 0 ? 'they begin with' : `below "${before.join('.')}" there are`;
  if (candidates.length === 0) return `; nothing is below "${before.join('.')}"`;
  if (near === undefined && open) return `; no name in them is "${name}"`;
  return near === undefined ? `; ${below} ${candidates.join(', ')}` : `; did you mean "${near}" for "${name}"?`;
}

/**
 * Patterns as one test of a path.
 * @throws ArgumentError when there is no pattern, or one is not spelled as one
 * @throws UnknownPartError when a pattern matches none of the paths; it says where, and what may be meant
 */
export function patternTest(
  patterns: readonly string[],
  paths: readonly string[],
  what: 'parameter' | 'group' = 'parameter',
): (path: string) => boolean {
  if (patterns.length === 0) throw new ArgumentError(`no pattern of ${what}s is given`);
  for (const pattern of patterns) {
    if (paths.some((path) => matchesPattern(path, pattern))) continue;
    throw new UnknownPartError(`the pattern "${pattern}" matches no ${what}${explain(pattern, paths)}`);
  }
  const matched = new Set(paths.filter((path) => patterns.some((pattern) => matchesPattern(path, pattern))));
  return (path) => matched.has(path);
}
