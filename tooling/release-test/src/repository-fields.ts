// What ties a package on npm to its sources: npm refuses a provenance statement of another repository, and finds the targets
// of relative links in a README by it. The clone does not know where it is hosted, so the release writes it in.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedFolders } from './published-folders.ts';

interface RepositoryFields {
  readonly repository: { readonly type: 'git'; readonly url: string; readonly directory: string };
  readonly homepage: string;
  readonly bugs: { readonly url: string };
}

/** The fields of the package in a folder of the repository that is hosted at `address`. */
function repositoryFields(address: string, folder: string): RepositoryFields {
  return {
    repository: { type: 'git', url: `git+${address}.git`, directory: folder },
    homepage: `${address}/tree/HEAD/${folder}#readme`,
    bugs: { url: `${address}/issues` },
  };
}

/** Writes the fields into the package.json of everything that is published; returns the folders. */
export function writeRepositoryFields(root: string, address: string): readonly string[] {
  return publishedFolders(root).map(([folder]) => {
    const path = join(root, folder, 'package.json');
    const manifest = { ...JSON.parse(readFileSync(path, 'utf8')), ...repositoryFields(address, folder) };
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
    return folder;
  });
}
