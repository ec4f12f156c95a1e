import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportNames, exportsFile } from './export-names.ts';
import { isPublished } from './rule.ts';
import { readPackages } from './workspace-package.ts';

/** Writes exports.txt of every package anew, for the author of a change to review. */
export function writeExports(root: string): void {
  const published = ['packages', 'apps'].flatMap((group) => readPackages(root, group)).filter(isPublished);
  for (const { folder, files } of published) {
    const { names } = exportNames(files.get('src/index.ts') ?? '');
    writeFileSync(join(root, folder, 'exports.txt'), exportsFile(names));
  }
}
