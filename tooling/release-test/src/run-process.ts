import { spawn } from 'node:child_process';

export interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Finished {
  readonly stdout: string;
  readonly seconds: number;
}

/** npm, npx and pnpm are .cmd files there, which only a shell starts. */
const IN_SHELL = process.platform === 'win32';

function finish(program: string, words: readonly string[], place: Place, shell: boolean): Promise<Finished> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { ...place, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
    child.on('error', reject).on('close', (exitCode) => {
      if (exitCode === 0) resolve({ stdout: printed.stdout, seconds: (performance.now() - started) / 1000 });
      else {
        const line = [program, ...words].join(' ');
        reject(new Error(`${line}: exit code ${exitCode}\n${printed.stdout}\n${printed.stderr}`));
      }
    });
  });
}

/** Runs a program to its end; one that fails is an error with all that it has printed. */
export function runProcess(program: string, words: readonly string[], place: Place): Promise<Finished> {
  return finish(program, words, place, IN_SHELL);
}

/** Runs a line as a person would type it, in the shell of the system. */
export function runLine(line: string, place: Place): Promise<Finished> {
  return finish(line, [], place, true);
}
