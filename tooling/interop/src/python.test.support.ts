import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { PEERS } from './transformers-js.test.support.ts';

const PYTHON = process.env['SENTENCE_MTL_PYTHON'] || 'python3';

/** Why a test in Python is skipped, as the line that it prints; undefined where all modules are there. */
export function pythonAbsence(what: string, modules: readonly string[]): string | undefined {
  const script = `import importlib.util as u; print(",".join(m for m in ${JSON.stringify(modules)} if u.find_spec(m) is None))`;
  try {
    const missing = execFileSync(PYTHON, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    if (missing === '') return undefined;
    return `SKIPPED ${what} in Python: ${PYTHON} has no ${missing}; set SENTENCE_MTL_PYTHON to one that has`;
  } catch {
    return `SKIPPED ${what} in Python: there is no ${PYTHON}; set SENTENCE_MTL_PYTHON`;
  }
}

/** What a program of `peers/python` says. It reads no network. */
export function python(program: string, words: readonly string[], input: unknown = null): unknown {
  const output = execFileSync(PYTHON, [join(PEERS, 'python', program), ...words], {
    encoding: 'utf8',
    input: JSON.stringify(input),
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    env: { ...process.env, HF_HUB_OFFLINE: '1', PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(output.slice(output.lastIndexOf('ANSWER') + 'ANSWER'.length));
}
