import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of all files below a folder, links not followed. */
export function folderSize(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + lstatSync(join(parentPath, name)).size, 0);
}

interface LockedPackage {
  readonly hasInstallScript?: boolean;
}

interface Installed {
  readonly count: number;
  readonly withInstallScript: readonly string[];
}

/** What npm has put into a project, as it records it there. */
export function installedByNpm(project: string): Installed {
  const lock: { readonly packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
    readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'),
  );
  const packages = Object.entries(lock.packages);
  const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  return { count: packages.length, withInstallScript: scripted.map(([path]) => path.replace('node_modules/', '')) };
}
