import { mkdirSync } from 'node:fs';
import { publishedFolders, type Manifest } from './published-folders.ts';
import { runProcess } from './run-process.ts';

export interface PackedPackage {
  readonly name: string;
  /** The folder of its sources, from the root. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly tarball: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

interface PackReport {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs everything that is published as the release does, with pnpm, from what is built. */
export async function packPackages(root: string, destination: string): Promise<readonly PackedPackage[]> {
  const published = publishedFolders(root);
  mkdirSync(destination, { recursive: true });
  const filters = published.flatMap(([, { name }]) => ['--filter', name]);
  const words = ['--recursive', ...filters, 'pack', '--json', '--pack-destination', destination];
  const { stdout } = await runProcess('pnpm', words, { cwd: root, env: process.env });
  const reports: readonly PackReport[] = JSON.parse(stdout);
  return published.map(([folder, manifest]) => {
    const report = reports.find(({ name }) => name === manifest.name);
    if (report === undefined) throw new Error(`pnpm did not pack ${manifest.name}`);
    const files = report.files.map(({ path }) => path);
    return { name: manifest.name, folder, manifest, tarball: report.filename, files };
  });
}
