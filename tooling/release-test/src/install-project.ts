// A project of a stranger: one dependency, from its tarball. Packages that are not in any registry yet are given beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedPackage } from './pack-packages.ts';
import { runProcess } from './run-process.ts';
import { installEnvironment, type Workplace } from './workplace.ts';
import type { NodeVersion } from './node-versions.ts';

export type PackageManager = 'npm' | 'pnpm';

export interface Project {
  readonly manager: PackageManager;
  readonly folder: string;
  readonly node: NodeVersion;
  readonly seconds: number;
}

const asFile = ({ name, tarball }: PackedPackage): readonly [string, string] => [name, `file:${tarball}`];

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * The settings of pnpm: every package that is packed here comes from its tarball, no script is run, and nothing is hoisted,
 * so that a package finds what its package.json names and no more. JSON is YAML.
 */
function pnpmSettings(packed: readonly PackedPackage[], { cache }: Workplace, packages: readonly string[]): unknown {
  return {
    packages,
    overrides: Object.fromEntries(packed.map(asFile)),
    allowBuilds: { 'onnxruntime-node': false },
    hoist: false,
    autoInstallPeers: false,
    storeDir: join(cache, 'pnpm-store'),
    cacheDir: join(cache, 'pnpm-cache'),
    stateDir: join(cache, 'pnpm-state'),
  };
}

/** Installs `sentence-mtl` into an empty folder with npm, whose install scripts are left out, or with pnpm. */
export async function installProject(
  manager: PackageManager,
  node: NodeVersion,
  packed: readonly PackedPackage[],
  workplace: Workplace,
): Promise<Project> {
  const folder = join(workplace.folder, `${manager}-${node.title.replace(' ', '-').toLowerCase()}`);
  mkdirSync(folder);
  const wanted = manager === 'npm' ? packed : packed.filter(({ name }) => name === 'sentence-mtl');
  const dependencies = Object.fromEntries(wanted.map(asFile));
  writeJson(join(folder, 'package.json'), { name: 'stranger', private: true, type: 'module', dependencies });
  if (manager === 'pnpm') writeJson(join(folder, 'pnpm-workspace.yaml'), pnpmSettings(packed, workplace, ['.']));
  const words = manager === 'npm' ? ['install', '--ignore-scripts'] : ['install', '--no-frozen-lockfile'];
  const place = { cwd: folder, env: installEnvironment(workplace, node.folder) };
  const { seconds } = await runProcess(manager, words, place);
  return { manager, folder, node, seconds };
}

/** A folder for each package, with that package as its one dependency; returns the folders by name. */
export async function installEachAlone(
  packed: readonly PackedPackage[],
  node: NodeVersion,
  workplace: Workplace,
): Promise<ReadonlyMap<string, string>> {
  const alone = join(workplace.folder, 'alone');
  mkdirSync(alone);
  writeJson(join(alone, 'package.json'), { name: 'alone', private: true });
  writeJson(join(alone, 'pnpm-workspace.yaml'), pnpmSettings(packed, workplace, ['*']));
  const folders = new Map<string, string>();
  for (const subject of packed) {
    const folder = join(alone, subject.folder.slice(subject.folder.lastIndexOf('/') + 1));
    mkdirSync(folder);
    const dependencies = Object.fromEntries([asFile(subject)]);
    writeJson(join(folder, 'package.json'), {
      name: `with-${folders.size}`,
      private: true,
      type: 'module',
      dependencies,
    });
    folders.set(subject.name, folder);
  }
  const place = { cwd: alone, env: installEnvironment(workplace, node.folder) };
  await runProcess('pnpm', ['install', '--no-frozen-lockfile'], place);
  return folders;
}
