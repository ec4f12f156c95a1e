import { moduleSpecifiers, packageOfSpecifier } from '../module-specifiers.ts';
import { publishedModules, type Rule, SCOPE, shortName } from '../rule.ts';

/** Published modules import what the table of ARCHITECTURE.md allows; tests may import more. */
export const imports: Rule = (subject, table) => {
  const name = shortName(subject);
  const row = table.get(name);
  if (row === undefined) return [`ARCHITECTURE.md: the table has no row for ${name}`];
  const allowed = new Set([...row.packages.map((other) => SCOPE + other), ...row.outside]);
  return publishedModules(subject).flatMap(([path, source]) =>
    moduleSpecifiers(source)
      .filter((specifier) => !specifier.startsWith('.') && !allowed.has(packageOfSpecifier(specifier)))
      .map((specifier) => `${path}: imports ${specifier}; the row of ${name} in ARCHITECTURE.md does not allow it`),
  );
};
