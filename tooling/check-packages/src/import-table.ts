// The table "who may import what" stands in ARCHITECTURE.md and nowhere else. A row reads
// | core | – | – |: the package, the packages it may import, and what it may import from outside.

export interface ImportRow {
  readonly packages: readonly string[];
  readonly outside: readonly string[];
}

export type ImportTable = ReadonlyMap<string, ImportRow>;

const HEADING = /^\|\s*package\s*\|\s*may import\s*\|\s*from outside\s*\|$/m;

function namesIn(cell: string): readonly string[] {
  const names = cell.split(',').map((name) => name.replaceAll('`', '').trim());
  return names.filter((name) => name !== '' && name !== '–');
}

/** @throws Error when the text has no such table. */
export function parseImportTable(architecture: string): ImportTable {
  const heading = HEADING.exec(architecture);
  if (heading === null) throw new Error('ARCHITECTURE.md: no table "| package | may import | from outside |"');
  const rows = new Map<string, ImportRow>();
  for (const line of architecture.slice(heading.index).split('\n').slice(2)) {
    if (!line.startsWith('|')) break;
    const [, name = '', packages = '', outside = ''] = line.split('|');
    rows.set(name.trim(), { packages: namesIn(packages), outside: namesIn(outside) });
  }
  return rows;
}
