import type { ImportTable } from './import-table.ts';
import type { WorkspacePackage } from './workspace-package.ts';

/** A rule reads one package and says in words what is wrong, a line each; nothing said is a pass. */
export type Rule = (subject: WorkspacePackage, table: ImportTable) => readonly string[];

export const SCOPE = '@sentence-mtl/';

/** `packages/core` → `core`. */
export function shortName({ folder }: WorkspacePackage): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** Short names of the workspace packages that `package.json` names in any field of dependencies. */
export function workspaceDependencies({ manifest }: WorkspacePackage): readonly string[] {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
    .filter((name) => name.startsWith(SCOPE))
    .map((name) => name.slice(SCOPE.length));
}

/** Tests and what only they import: `x.test.ts`, `x.test.support.ts`. Neither is published. */
export function isTest(path: string): boolean {
  return path.includes('.test.');
}

/** The modules of `src` that are published: those that are not tests. */
export function publishedModules({ files }: WorkspacePackage): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => path.startsWith('src/') && path.endsWith('.ts') && !isTest(path));
}
