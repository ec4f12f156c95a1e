const STATEMENT = /^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const EXPRESSION = /\bimport\(\s*['"]([^'"]+)['"]/g;
const COMMENT_LINE = /^\s*(?:\/\/|\*|\/\*).*$/gm;

/** The specifiers a module imports or re-exports from, statically or by `import()`, types included. */
export function moduleSpecifiers(source: string): readonly string[] {
  const code = source.replaceAll(COMMENT_LINE, '');
  return [STATEMENT, SIDE_EFFECT, EXPRESSION].flatMap((form) =>
    [...code.matchAll(form)].map((match) => match[1] ?? ''),
  );
}

/** `@scope/name/file` and `name/file` belong to the packages `@scope/name` and `name`; `node:fs/promises` to `node:fs`. */
export function packageOfSpecifier(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
