import type { Rule } from '../rule.ts';

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const VAGUE = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'types', 'shared', 'lib']);

function problemOf(path: string): readonly string[] {
  const stems = path.replace(/\.ts$/, '').split(/[/.]/);
  return stems.flatMap((stem) => {
    if (VAGUE.has(stem)) return [`${path}: "${stem}" says nothing; name the noun it holds`];
    return KEBAB.test(stem) ? [] : [`${path}: "${stem}" is not kebab-case`];
  });
}

/** Source files and folders have kebab-case names that say something; dots may join names (`x.test.ts`). */
export const fileNames: Rule = ({ files }) =>
  [...files.keys()].filter((path) => /^src\/.*\.ts$/.test(path)).flatMap(problemOf);
