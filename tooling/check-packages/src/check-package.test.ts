import { describe, expect, it } from 'vitest';
import { checkPackage } from './check-package.ts';
import { parseImportTable } from './import-table.ts';
import type { WorkspacePackage } from './workspace-package.ts';

const TABLE = parseImportTable(`| package | may import | from outside |
| --- | --- | --- |
| core | – | – |
| sample | core | \`some-runtime\`, \`node:fs\` |
| cli | core | \`node:fs\` |
`);

const MANIFEST = {
  name: '@sentence-mtl/sample',
  version: '0.0.0',
  description: 'A sample.',
  license: 'Apache-2.0',
  author: 'the sentence-mtl authors',
  files: ['dist', 'src', '!**/*.test.*', '!dist/.tsbuildinfo'],
  type: 'module',
  sideEffects: false,
  exports: {
    '.': { '@sentence-mtl/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
  },
  publishConfig: { access: 'public', provenance: true },
  scripts: {
    build: 'tsc -b',
    'check-package': 'publint --strict && attw --pack . --profile esm-only',
    test: 'vitest run --reporter=default --reporter=json --outputFile.json=.results/tests.json',
  },
  dependencies: { '@sentence-mtl/core': 'workspace:^' },
  engines: { node: '>=20.19' },
};

const README = `# @sentence-mtl/sample

A sample.

\`\`\`sh
npm install @sentence-mtl/sample
\`\`\`

\`\`\`ts
import { sample } from '@sentence-mtl/sample';
\`\`\`

[The public names](src/index.ts).
`;

const FILES: Readonly<Record<string, string>> = {
  'README.md': README,
  'exports.txt': 'sample\ntype Sample\n',
  'package.json': JSON.stringify(MANIFEST),
  'tsconfig.json': '{ "extends": "../../tsconfig.base.json", "references": [{ "path": "../core" }] }',
  'vitest.config.ts': '',
  'src/index.ts': "export { sample } from './sample.ts';\nexport type { Sample } from './sample.ts';\n",
  'src/sample.ts':
    "import type { HostTensor } from '@sentence-mtl/core';\nimport { readFile } from 'node:fs/promises';\n",
  'src/sample.test.ts': "import { expect } from 'vitest';\n",
};

interface Change {
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly folder?: string;
}

function problemsOf({ manifest = {}, files = {}, folder = 'packages/sample' }: Change): readonly string[] {
  const contents = Object.entries({ ...FILES, ...files });
  const present = contents.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const]));
  const subject: WorkspacePackage = { folder, manifest: { ...MANIFEST, ...manifest }, files: new Map(present) };
  return checkPackage(subject, TABLE);
}

describe('checkPackage', () => {
  it('finds nothing wrong with a package that keeps every rule', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each(['README.md', 'exports.txt', 'src/index.ts', 'tsconfig.json', 'vitest.config.ts'])(
    'finds that %s is missing',
    (file) => {
      expect(problemsOf({ files: { [file]: undefined } })).toContain(`packages/sample: ${file} is missing`);
    },
  );

  const violations: readonly (readonly [string, Change, string])[] = [
    ['no test', { files: { 'src/sample.test.ts': undefined } }, 'no test: put one'],
    ['a folder of tests', { files: { 'src/tests/sample.test.ts': '' } }, 'tests stand beside their modules'],
    ['a file that says nothing', { files: { 'src/utils.ts': '' } }, 'src/utils.ts: "utils" says nothing'],
    ['a folder that says nothing', { files: { 'src/helpers/one.ts': '' } }, '"helpers" says nothing'],
    ['a name in camel case', { files: { 'src/hostTensor.ts': '' } }, '"hostTensor" is not kebab-case'],
    ['another name', { manifest: { name: '@sentence-mtl/other' } }, 'name is @sentence-mtl/other'],
    ['no description', { manifest: { description: '' } }, 'description is missing'],
    ['another licence', { manifest: { license: 'MIT' } }, 'license must be "Apache-2.0"'],
    ['another Node', { manifest: { engines: { node: '>=18' } } }, 'engines must be'],
    [
      'files that leave tests in',
      { manifest: { files: ['dist', 'src', 'model'] } },
      'files must be ["dist","src","!**',
    ],
    ['other exports', { manifest: { exports: './dist/index.js' } }, 'exports must be'],
    ['an entry that is elsewhere', { manifest: { exports: { './web': './dist/web.mjs' } } }, 'src/web.ts'],
    ['another test command', { manifest: { scripts: { ...MANIFEST.scripts, test: 'true' } } }, 'script test must be'],
    [
      'a dependency that the table does not allow',
      { manifest: { dependencies: { '@sentence-mtl/trainer': 'workspace:^' } } },
      'depends on @sentence-mtl/trainer; ARCHITECTURE.md does not allow it',
    ],
    [
      'a workspace dependency of a fixed version',
      { manifest: { dependencies: { '@sentence-mtl/core': '1.0.0' } } },
      'must be "workspace:^", not "1.0.0"',
    ],
    [
      'an import of a package that the table does not allow',
      { files: { 'src/sample.ts': "export {\n  a,\n} from '@sentence-mtl/model';\n" } },
      'imports @sentence-mtl/model; the row of sample',
    ],
    [
      'an import of a runtime that the table does not allow',
      { files: { 'src/sample.ts': "const runtime = await import('onnxruntime-node');\n" } },
      'imports onnxruntime-node',
    ],
    ['an import for its effect', { files: { 'src/sample.ts': "import 'node:process';\n" } }, 'imports node:process'],
    ['a package without a row', { folder: 'packages/unknown' }, 'no row for unknown'],
    ['a missing reference', { files: { 'tsconfig.json': '{}' } }, 'no reference to core'],
    ['another base', { files: { 'tsconfig.json': '{}' } }, 'must extend ../../tsconfig.base.json'],
    ['a reference too many', { manifest: { dependencies: {} } }, 'refers to core, which package.json'],
    ['a README without a title', { files: { 'README.md': 'Sample' } }, 'must begin with "# @sentence-mtl/sample"'],
    ['another first sentence', { manifest: { description: 'Else.' } }, 'line 3 must be the description'],
    ['no install line', { files: { 'README.md': README.replace('npm install', 'add') } }, 'no install block'],
    ['no example', { files: { 'README.md': README.replace('```ts', '```js') } }, 'no example'],
    [
      'a long example',
      { files: { 'README.md': README.replace('```ts\n', `\`\`\`ts\n${'sample();\n'.repeat(30)}`) } },
      'longer than 25 lines',
    ],
    ['no link to the names', { files: { 'README.md': README.replace('src/index.ts', '.') } }, 'no link to the public'],
    [
      'a star export',
      { files: { 'src/index.ts': `${FILES['src/index.ts']}export * from './sample.ts';\n` } },
      'only named re-exports may stand there',
    ],
    [
      'an export that nobody reviewed',
      { files: { 'exports.txt': 'type Sample\n' } },
      'exports.txt: sample is exported but not listed',
    ],
    [
      'an export that vanished',
      { files: { 'exports.txt': 'gone\nsample\ntype Sample\n' } },
      'exports.txt: gone is listed but not exported',
    ],
    ['an unsorted snapshot', { files: { 'exports.txt': 'type Sample\nsample\n' } }, 'not sorted'],
  ];

  it.each(violations)('finds %s', (_, change, problem) => {
    expect(problemsOf(change).join('\n')).toContain(problem);
  });

  it('lets a package publish data of its own', () => {
    expect(problemsOf({ manifest: { files: [...MANIFEST.files, 'model'] } })).toEqual([]);
  });

  it('takes dots in a file name as joints', () => {
    expect(problemsOf({ files: { 'src/random.statistics.test.ts': '', 'src/run.test.support.ts': '' } })).toEqual([]);
  });

  it('lets tests import what they need', () => {
    expect(problemsOf({ files: { 'src/sample.test.ts': "import 'onnxruntime-node';\n" } })).toEqual([]);
  });

  it('lets tests depend on what the table does not allow', () => {
    const manifest = { devDependencies: { '@sentence-mtl/engine': 'workspace:^' } };
    const tsconfig = FILES['tsconfig.json']?.replace(']', ', { "path": "../engine" }]');
    expect(problemsOf({ manifest, files: { 'tsconfig.json': tsconfig } })).toEqual([]);
  });

  it('does not take an example in a comment for an import', () => {
    expect(problemsOf({ files: { 'src/sample.ts': "/**\n * import { a } from 'other';\n */\n" } })).toEqual([]);
  });

  it('finds an import that package.json does not bring along where the package is installed', () => {
    const files = { 'src/sample.ts': "export { a } from 'some-runtime';\n" };
    const devDependencies = { 'some-runtime': '^1.0.0' };
    const problem = 'packages/sample: src/sample.ts: imports some-runtime; package.json does not depend on it';
    expect(problemsOf({ files, manifest: { devDependencies } })).toEqual([problem]);
    expect(problemsOf({ files, manifest: { peerDependencies: devDependencies } })).toEqual([]);
  });

  it('lets no package re-export the names of another', () => {
    const files = { 'src/index.ts': `${FILES['src/index.ts']}export type { T } from '@sentence-mtl/core';\n` };
    expect(problemsOf({ files }).join('\n')).toContain('src/index.ts: re-exports from @sentence-mtl/core');
  });

  it('holds the published app to the rules of packages, under its own name, and lets it join their names', () => {
    const readme = README.replaceAll('@sentence-mtl/sample', 'sentence-mtl');
    const index = `${FILES['src/index.ts']}export type { Random } from '@sentence-mtl/core';\n`;
    const exported = 'sample\ntype Random\ntype Sample\n';
    const files = { 'README.md': readme, 'src/index.ts': index, 'exports.txt': exported };
    const app = { folder: 'apps/cli', manifest: { name: 'sentence-mtl' }, files };
    expect(problemsOf(app)).toEqual([]);
    expect(problemsOf({ ...app, manifest: {} })).toEqual([
      'apps/cli: package.json: name is @sentence-mtl/sample, the folder says sentence-mtl',
    ]);
  });

  it('lets an app use the published one', () => {
    const manifest = { dependencies: { 'sentence-mtl': 'workspace:^' } };
    const tsconfig = FILES['tsconfig.json']?.replace('../core', '../cli');
    const app = { folder: 'apps/task1', manifest, files: { 'tsconfig.json': tsconfig, 'README.md': undefined } };
    expect(problemsOf(app)).toEqual([]);
    expect(problemsOf({ ...app, files: { 'tsconfig.json': FILES['tsconfig.json'] } })).toHaveLength(2);
    expect(problemsOf({ manifest })).toContain(
      'packages/sample: package.json: depends on sentence-mtl; ARCHITECTURE.md does not allow it',
    );
  });

  it('holds tools to names, scripts and references', () => {
    expect(problemsOf({ folder: 'tooling/sample', files: { 'README.md': undefined } })).toEqual([]);
    expect(problemsOf({ folder: 'tooling/sample', files: { 'src/misc.ts': '' } })).toHaveLength(1);
    expect(problemsOf({ folder: 'tooling/sample', manifest: { scripts: { build: 'make' } } })).toHaveLength(1);
  });
});
