import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of package.json that the rules read. */
export interface Manifest {
  readonly name?: string;
  readonly description?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A folder under packages/, apps/ or tooling/ as the rules see it: its files, by path inside the folder. */
export interface WorkspacePackage {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, string>;
}

const READ = /\.(ts|mts|json|md|txt)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.turbo', '.results']);

function readFolder(root: string, inside: string, into: Map<string, string>): Map<string, string> {
  for (const entry of readdirSync(join(root, inside), { withFileTypes: true })) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) readFolder(root, path, into);
    else if (entry.isFile()) into.set(path, READ.test(entry.name) ? readFileSync(join(root, path), 'utf8') : '');
  }
  return into;
}

/** Reads the packages of a group of the repository (`packages`, `tooling`), in order of name. */
export function readPackages(root: string, group: string): readonly WorkspacePackage[] {
  return readdirSync(join(root, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ folder: `${group}/${name}`, files: readFolder(join(root, group, name), '', new Map()) }))
    .filter(({ files }) => files.has('package.json'))
    .map(({ folder, files }) => {
      const manifest: Manifest = JSON.parse(files.get('package.json') ?? '{}');
      return { folder, files, manifest };
    })
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}
