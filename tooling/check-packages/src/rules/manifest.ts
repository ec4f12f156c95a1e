import { isDeepStrictEqual } from 'node:util';
import { isWorkspaceName, publishedName, type Rule, SCOPE, shortName } from '../rule.ts';
import type { Manifest } from '../workspace-package.ts';

const SAME: Readonly<Record<string, unknown>> = {
  license: 'Apache-2.0',
  author: 'the sentence-mtl authors',
  type: 'module',
  sideEffects: false,
  publishConfig: { access: 'public', provenance: true },
  engines: { node: '>=20.19' },
};

/** What every package publishes; after it a package may name data of its own. */
const FILES = ['dist', 'src', '!**/*.test.*', '!dist/.tsbuildinfo'];

/** Where a name of `exports` is found: `.` is index, and a further entry `./web` is src/web.ts. */
function entryOf(path: string): Readonly<Record<string, string>> {
  const stem = path === '.' ? 'index' : path.replace(/^\.\//, '');
  return { '@sentence-mtl/source': `./src/${stem}.ts`, types: `./dist/${stem}.d.ts`, default: `./dist/${stem}.js` };
}

function sharedFields({ exports, files }: Manifest): Readonly<Record<string, unknown>> {
  const paths = typeof exports === 'object' && exports !== null ? Object.keys(exports) : [];
  const own: readonly unknown[] = Array.isArray(files) ? files.slice(FILES.length) : [];
  return {
    ...SAME,
    files: [...FILES, ...own],
    exports: Object.fromEntries(['.', ...paths].map((path) => [path, entryOf(path)])),
  };
}

/** package.json names the folder, and its fields are those of every other package. Tests may depend on more. */
export const manifest: Rule = (subject, table) => {
  const { manifest: fields } = subject;
  const name = publishedName(subject);
  const allowed = table.get(shortName(subject))?.packages ?? [];
  const ranges = { ...fields.dependencies, ...fields.devDependencies };
  return [
    ...(fields.name === name ? [] : [`package.json: name is ${fields.name}, the folder says ${name}`]),
    ...(fields.description ? [] : ['package.json: description is missing']),
    ...Object.entries(sharedFields(fields))
      .filter(([field, value]) => !isDeepStrictEqual(fields[field], value))
      .map(([field, value]) => `package.json: ${field} must be ${JSON.stringify(value)}`),
    ...Object.keys({ ...fields.dependencies, ...fields.peerDependencies })
      .filter((dependency) => isWorkspaceName(dependency) && !allowed.includes(dependency.slice(SCOPE.length)))
      .map((dependency) => `package.json: depends on ${dependency}; ARCHITECTURE.md does not allow it`),
    ...Object.entries(ranges)
      .filter(([dependency, range]) => isWorkspaceName(dependency) && range !== 'workspace:^')
      .map(([dependency, range]) => `package.json: ${dependency} must be "workspace:^", not "${range}"`),
  ];
};
