import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runProcess } from './run-process.ts';
import { installEnvironment, type Workplace } from './workplace.ts';

export interface NodeVersion {
  /** `Node 24`. */
  readonly title: string;
  /** The folder of its program, for the front of PATH. */
  readonly folder: string;
}

/** The Node that runs this. */
export const CURRENT_NODE: NodeVersion = {
  title: `Node ${process.versions.node.split('.')[0]}`,
  folder: dirname(process.execPath),
};

/** The npm package that has the program of a Node version for this machine, without a script. */
function nodePackage(major: number): string {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${major}`;
}

/**
 * Another version of Node, from the npm registry.
 *
 * @throws Error when the registry has none for this machine
 */
export async function fetchNode(major: number, workplace: Workplace): Promise<NodeVersion> {
  const folder = join(workplace.folder, `node-${major}`);
  mkdirSync(folder);
  const name = nodePackage(major);
  const place = { cwd: folder, env: installEnvironment(workplace, CURRENT_NODE.folder) };
  await runProcess('npm', ['install', '--ignore-scripts', '--no-save', '--prefix', folder, name], place);
  const installed = join(folder, 'node_modules', name.slice(0, name.indexOf('@')));
  const bin = existsSync(join(installed, 'bin/node')) ? join(installed, 'bin') : installed;
  return { title: `Node ${major}`, folder: bin };
}
