const LIST = /export\s+(type\s+)?\{([^}]*)\}\s*from\s*'[^']+';/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

function exportedName(entry: string, typeList: boolean): string {
  const [, isType, name = ''] = /^(type\s+)?(?:\w+\s+as\s+)?(\w+)$/.exec(entry) ?? [];
  return typeList || isType !== undefined ? `type ${name}` : name;
}

export interface ExportNames {
  readonly names: readonly string[];
  /** What in the module is not a list of named re-exports, or `''`. */
  readonly rest: string;
}

/** The names that an index module re-exports, sorted; a type's name follows the word `type`. */
export function exportNames(index: string): ExportNames {
  const code = index.replaceAll(COMMENT, '');
  const names = [...code.matchAll(LIST)].flatMap(([, typeList, list = '']) => {
    const entries = list.split(',').map((entry) => entry.trim());
    return entries.filter((entry) => entry !== '').map((entry) => exportedName(entry, typeList !== undefined));
  });
  return { names: names.toSorted(), rest: code.replaceAll(LIST, '').trim() };
}

/** The snapshot file of a list of names: one a line. */
export function exportsFile(names: readonly string[]): string {
  return names.map((name) => `${name}\n`).join('');
}
