import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brokenLinks } from './broken-links.ts';
import { checkPackage } from './check-package.ts';
import { type ImportTable, parseImportTable } from './import-table.ts';
import { isPublished, shortName } from './rule.ts';
import { readPackages, type WorkspacePackage } from './workspace-package.ts';

const GROUPS = ['packages', 'apps', 'tooling'];

function documents(root: string, packages: readonly WorkspacePackage[]): readonly string[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const pages = ['docs', 'docs/decisions'].flatMap((folder) => {
    const names = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
    return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
  });
  const readmes = packages.filter(({ files }) => files.has('README.md')).map(({ folder }) => `${folder}/README.md`);
  return [...top, ...pages, ...readmes];
}

function linkProblems(root: string, document: string): readonly string[] {
  const exists = (target: string): boolean => existsSync(join(root, dirname(document), target));
  const broken = brokenLinks(readFileSync(join(root, document), 'utf8'), exists);
  return broken.map((target) => `${document}: links to ${target}, which does not exist`);
}

/** Rows of the table without a package: an entry of a table that says what is. */
function emptyRows(table: ImportTable, packages: readonly WorkspacePackage[]): readonly string[] {
  const names = new Set(packages.map(shortName));
  return [...table.keys()]
    .filter((name) => !names.has(name))
    .map((name) => `ARCHITECTURE.md: the table has a row for ${name}, and there is no such package`);
}

/** Packages that the editor and `tsc -b` at the root would not see. */
function missingReferences(project: string, packages: readonly WorkspacePackage[]): readonly string[] {
  return packages
    .filter(({ folder }) => !project.includes(`"${folder}"`))
    .map(({ folder }) => `tsconfig.json: no reference to ${folder}`);
}

/** Every problem of the repository at `root`, a line each. */
export function checkRepository(root: string): readonly string[] {
  const table = parseImportTable(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));
  const packages = GROUPS.filter((group) => existsSync(join(root, group))).flatMap((group) =>
    readPackages(root, group),
  );
  return [
    ...packages.flatMap((subject) => checkPackage(subject, table)),
    ...emptyRows(table, packages.filter(isPublished)),
    ...missingReferences(readFileSync(join(root, 'tsconfig.json'), 'utf8'), packages),
    ...documents(root, packages).flatMap((document) => linkProblems(root, document)),
  ];
}
