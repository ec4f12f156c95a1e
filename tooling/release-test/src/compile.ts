import { join } from 'node:path';
import { runProcess } from './run-process.ts';
import { writeJson } from './install-project.ts';

/**
 * Checks and compiles the TypeScript files of a folder with the declarations that are installed in it, none of them
 * skipped, as a strict project of somebody else would.
 */
export async function compile(root: string, folder: string, files: readonly string[], types: string): Promise<void> {
  writeJson(join(folder, 'tsconfig.json'), {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      typeRoots: [types],
      types: ['node'],
    },
    files,
  });
  await runProcess(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder, env: process.env });
}
