import type { ImportTable } from './import-table.ts';
import type { WorkspacePackage } from './workspace-package.ts';

/** A rule reads one package and says in words what is wrong, a line each; nothing said is a pass. */
export type Rule = (subject: WorkspacePackage, table: ImportTable) => readonly string[];

export const SCOPE = '@sentence-mtl/';

/** The app that is published: what its name is on npm and where it stands. */
const PUBLISHED_APP = { name: 'sentence-mtl', folder: 'apps/cli' };

/** `packages/core` → `core`. */
export function shortName({ folder }: WorkspacePackage): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}

/** Packages and the one published app are held to every rule; tools and other apps to fewer. */
export function isPublished({ folder }: WorkspacePackage): boolean {
  return folder.startsWith('packages/') || folder === PUBLISHED_APP.folder;
}

/** The name on npm that a folder stands for: `packages/core` → `@sentence-mtl/core`, `apps/cli` → `sentence-mtl`. */
export function publishedName(subject: WorkspacePackage): string {
  return subject.folder === PUBLISHED_APP.folder ? PUBLISHED_APP.name : SCOPE + shortName(subject);
}

/** Whether a name on npm is one of this workspace's. */
export function isWorkspaceName(name: string): boolean {
  return name.startsWith(SCOPE) || name === PUBLISHED_APP.name;
}

/** `@sentence-mtl/core` → `core`, `sentence-mtl` → `cli`: the last part of the folder. */
function folderOfName(name: string): string {
  return name === PUBLISHED_APP.name ? PUBLISHED_APP.folder.replace('apps/', '') : name.slice(SCOPE.length);
}

/** Folder names of the workspace packages that `package.json` names in any field of dependencies. */
export function workspaceDependencies({ manifest }: WorkspacePackage): readonly string[] {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
    .filter(isWorkspaceName)
    .map(folderOfName);
}

/** Tests and what only they import: `x.test.ts`, `x.test.support.ts`. Neither is published. */
export function isTest(path: string): boolean {
  return path.includes('.test.');
}

/** The modules of `src` that are published: those that are not tests. */
export function publishedModules({ files }: WorkspacePackage): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => path.startsWith('src/') && path.endsWith('.ts') && !isTest(path));
}
