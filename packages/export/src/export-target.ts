import { join } from 'node:path';
import { readJsonIfPresent } from '@sentence-mtl/model-files';
import { ExportError } from './errors.ts';
import { readExportManifest } from './export-manifest.ts';

/** @throws ExportError where a folder is that of a model, and not one that an export wrote */
export async function checkExportTarget(folder: string): Promise<void> {
  if ((await readJsonIfPresent(join(folder, 'config.json'))) === undefined) return;
  if ((await readExportManifest(folder))?.copy === true) return;
  throw new ExportError(
    `${folder} is the folder of a model that no export has written; nothing in it is overwritten: choose another folder`,
  );
}
