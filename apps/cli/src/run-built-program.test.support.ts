import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The program as it is installed; turbo builds it before the tests run. */
export const MAIN: string = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The model that tests use. */
export const TINY_MODEL: string = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));

export interface ProgramRun {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  /** Default: none. Undefined leaves the input open, and silent. */
  readonly input?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  /** Called with the child once it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** Runs the built program as a process of its own, with an environment of its own, and waits for its end. */
export async function runBuiltProgram(words: readonly string[], options: ProgramOptions = {}): Promise<ProgramRun> {
  const { environment = {}, workingDirectory = tmpdir(), during } = options;
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: workingDirectory, env: environment });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => (text[name] += part));
  }
  // A program that ends without reading its input closes the pipe.
  child.stdin.on('error', () => undefined);
  if (!('input' in options) || options.input !== undefined) child.stdin.end(options.input ?? '');
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (exitCode) => resolve(exitCode));
  });
  during?.(child);
  return { exitCode: await ended, ...text };
}
