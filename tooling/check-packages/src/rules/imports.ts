import { moduleSpecifiers, packageOfSpecifier } from '../module-specifiers.ts';
import { publishedModules, type Rule, SCOPE, shortName } from '../rule.ts';

/**
 * Published modules import what the table of ARCHITECTURE.md allows, and package.json brings along where they are
 * installed; tests may import more.
 */
export const imports: Rule = (subject, table) => {
  const name = shortName(subject);
  const row = table.get(name);
  if (row === undefined) return [`ARCHITECTURE.md: the table has no row for ${name}`];
  const allowed = new Set([...row.packages.map((other) => SCOPE + other), ...row.outside]);
  const { dependencies, peerDependencies } = subject.manifest;
  const installed = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
  const problemOf = (specifier: string): string | undefined => {
    const imported = packageOfSpecifier(specifier);
    if (specifier.startsWith('.')) return undefined;
    if (!allowed.has(imported)) return `the row of ${name} in ARCHITECTURE.md does not allow it`;
    return imported.startsWith('node:') || installed.has(imported) ? undefined : 'package.json does not depend on it';
  };
  return publishedModules(subject).flatMap(([path, source]) =>
    moduleSpecifiers(source).flatMap((specifier) => {
      const problem = problemOf(specifier);
      return problem === undefined ? [] : [`${path}: imports ${specifier}; ${problem}`];
    }),
  );
};
