import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program as it is built. */
const PROGRAM = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

/** Runs the command line, on this terminal unless nobody is to see it, and returns what it exits with. */
export async function runSentenceMtl(
  words: readonly string[],
  workingDirectory: string,
  stdio: 'inherit' | 'ignore' = 'inherit',
): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: workingDirectory, stdio });
  // Ctrl-C reaches the child too, which saves and says how to go on.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (exitCode) => resolve(exitCode ?? 1));
    });
  } finally {
    process.removeListener('SIGINT', wait);
  }
}
