import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeRepositoryFields } from './repository-fields.ts';

const root = mkdtempSync(join(tmpdir(), 'repository-'));
afterAll(() => rmSync(root, { recursive: true }));

it('says where the sources of each published package are, and touches nothing else', () => {
  const manifests = {
    'packages/core': { name: '@a/core', version: '1.0.0' },
    'apps/cli': { name: 'a', version: '1.0.0' },
    'apps/demo': { name: '@a/demo', private: true },
  };
  for (const [folder, manifest] of Object.entries(manifests)) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
  }
  const read = (folder: string): unknown => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));

  expect(writeRepositoryFields(root, 'https://host/owner/name')).toEqual(['packages/core', 'apps/cli']);
  expect(read('packages/core')).toEqual({
    name: '@a/core',
    version: '1.0.0',
    repository: { type: 'git', url: 'git+https://host/owner/name.git', directory: 'packages/core' },
    homepage: 'https://host/owner/name/tree/HEAD/packages/core#readme',
    bugs: { url: 'https://host/owner/name/issues' },
  });
  expect(read('apps/demo')).toEqual(manifests['apps/demo']);
});
