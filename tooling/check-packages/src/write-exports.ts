import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportNames, exportsFile } from './export-names.ts';
import { readPackages } from './workspace-package.ts';

/** Writes exports.txt of every package anew, for the author of a change to review. */
export function writeExports(root: string): void {
  for (const { folder, files } of readPackages(root, 'packages')) {
    const { names } = exportNames(files.get('src/index.ts') ?? '');
    writeFileSync(join(root, folder, 'exports.txt'), exportsFile(names));
  }
}
