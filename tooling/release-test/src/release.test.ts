// What a stranger gets: every published package is packed, installed outside the workspace and used there.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractExamples } from '@sentence-mtl/package-tests';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLines } from './command-lines.ts';
import { compile } from './compile.ts';
import { installEachAlone, installProject, type PackageManager, type Project } from './install-project.ts';
import { folderSize, installedByNpm } from './installed-packages.ts';
import { CURRENT_NODE, fetchNode, type NodeVersion } from './node-versions.ts';
import { packPackages } from './pack-packages.ts';
import type { Manifest } from './published-folders.ts';
import { runExamples } from './run-examples.ts';
import { runLine, runProcess } from './run-process.ts';
import { createWorkplace, installEnvironment, useEnvironment } from './workplace.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const LATER_NODE = 24;
/** Of heads only, so that five projects are done in a minute; the README's own line trains everything. */
const TWENTY_STEPS = ['--epochs', '4', '--batch-size', '12', '--freeze', 'encoder', '--no-baselines'];

const workplace = createWorkplace(ROOT);
afterAll(() => workplace.remove(), 120_000);
const packed = await packPackages(ROOT, join(workplace.folder, 'tarballs'));

/** Why nothing can be installed here, if so. */
async function registryProblem(): Promise<string | undefined> {
  const place = { cwd: workplace.folder, env: installEnvironment(workplace, CURRENT_NODE.folder) };
  try {
    await runProcess(
      'npm',
      ['view', 'onnxruntime-node', 'version', '--fetch-retries=0', '--fetch-timeout=15000'],
      place,
    );
    return undefined;
  } catch {
    return 'the npm registry does not answer';
  }
}

async function laterNode(): Promise<NodeVersion | undefined> {
  if (CURRENT_NODE.title === `Node ${LATER_NODE}`) return undefined;
  try {
    return await fetchNode(LATER_NODE, workplace);
  } catch {
    console.log(`SKIPPED release test on Node ${LATER_NODE}: npm has no program of it for this machine`);
    return undefined;
  }
}

const problem = await registryProblem();
if (problem !== undefined) console.log(`SKIPPED installing the packed packages: ${problem}`);
const later = problem === undefined ? await laterNode() : undefined;
const versions = [CURRENT_NODE, ...(later === undefined ? [] : [later])];

function addData({ folder }: Project): void {
  copyFileSync(join(ROOT, 'examples/tickets/tickets.csv'), join(folder, 'tickets.csv'));
  writeFileSync(join(folder, 'new.csv'), 'text\nwhere is my parcel\nthe lamp is broken\n');
}

const inside = ({ folder, node }: Project) => ({ cwd: folder, env: useEnvironment(workplace, node.folder) });

async function run(project: Project, words: readonly string[]): Promise<string> {
  const { stdout } =
    project.manager === 'npm'
      ? await runProcess('npx', ['sentence-mtl', ...words], inside(project))
      : await runProcess('pnpm', ['exec', 'sentence-mtl', ...words], inside(project));
  return stdout;
}

function tellSize({ manager, folder, node, seconds }: Project): void {
  const megabytes = (folderSize(join(folder, 'node_modules')) / 1e6).toFixed(0);
  const count = manager === 'npm' ? `${installedByNpm(folder).count} packages, ` : '';
  console.log(`INSTALLED by ${manager} on ${node.title}: ${megabytes} MB, ${count}${seconds.toFixed(0)} s`);
}

describe('what is packed', () => {
  it('is built before this, since this package depends on all of it', () => {
    const { devDependencies = {} }: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      Object.keys(packed.find((each) => each.name === name)?.manifest.dependencies ?? {}).forEach(reach);
    };
    Object.keys(devDependencies).forEach(reach);
    expect(packed.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
  });

  it.each(packed)('$name has its licence, README, sources and builds, and nothing for tests', ({ files }) => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.js']));
    const sources = files.filter((path) => /^src\/.*\.ts$/.test(path) && !path.endsWith('.d.ts'));
    const built = sources.flatMap((path) => {
      const stem = path.replace(/^src\//, 'dist/').replace(/\.ts$/, '');
      return [`${stem}.js`, `${stem}.js.map`, `${stem}.d.ts`, `${stem}.d.ts.map`];
    });
    expect(built.filter((path) => !files.includes(path))).toEqual([]);
    expect(files.filter((path) => /\.test\.|fixture|golden|snapshot|tsbuildinfo|tsconfig|vitest/.test(path))).toEqual(
      [],
    );
  });
});

describe.skipIf(problem !== undefined)('what is installed', { timeout: 600_000 }, () => {
  it('works package by package, each with what its package.json names and no more', async () => {
    const folders = await installEachAlone(packed, CURRENT_NODE, workplace);
    const alone = join(workplace.folder, 'alone');
    const files = packed.flatMap(({ name, manifest }) =>
      Object.keys(manifest.exports ?? {}).map((entry, index) => {
        const file = join(folders.get(name) ?? '', `import-${index}.ts`);
        const specifier = name + entry.slice(1);
        writeFileSync(file, `import * as all from '${specifier}';\nconsole.log(Object.keys(all).length);\n`);
        return file;
      }),
    );
    await compile(ROOT, alone, files, join(ROOT, 'node_modules/@types'));
    for (const file of files) {
      const place = { cwd: alone, env: useEnvironment(workplace, CURRENT_NODE.folder) };
      const { stdout } = await runProcess('node', [file.replace(/\.ts$/, '.js')], place);
      expect(Number(stdout), basename(file)).toBeGreaterThan(0);
    }
  });

  const managers: readonly PackageManager[] = ['npm', 'pnpm'];
  const pairs = versions.flatMap((node) => managers.map((manager) => ({ manager, node, title: node.title })));
  let first: Project | undefined;
  it.each(pairs)('by $manager on $title it helps, checks, trains and runs the README', async ({ manager, node }) => {
    const project = await installProject(manager, node, packed, workplace);
    first ??= project;
    tellSize(project);
    addData(project);
    expect(await run(project, ['--help'])).toMatch(/^Usage: sentence-mtl /);
    expect(await run(project, ['check-data', 'tickets.csv'])).toContain('nothing looks wrong');
    const trained = await run(project, ['train', 'tickets.csv', '--out', 'runs/tickets', ...TWENTY_STEPS]);
    expect(trained).toContain('trained 20 steps');
    expect(await runExamples(extractExamples(README), inside(project), ROOT)).toEqual([]);
    if (manager === 'npm') expect(installedByNpm(project.folder).withInstallScript).toEqual(['onnxruntime-node']);
  });

  it('runs every command line of the README, in its order', async () => {
    if (first === undefined) throw new Error('nothing is installed');
    rmSync(join(first.folder, 'runs'), { recursive: true });
    const lines = commandLines(README);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) await runLine(line, inside(first));
  });

  it('leaves nothing at home and among temporary files', () => {
    expect(readdirSync(workplace.home)).toEqual([]);
    expect(readdirSync(workplace.temporary)).toEqual([]);
  });
});
