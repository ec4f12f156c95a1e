import { execFileSync } from 'node:child_process';

/**
 * An interpreter with some packages, if there is one; says what is skipped without it.
 *
 * @param modules to import
 * @param what is not tested without them
 */
export function findPython(modules: readonly string[], what: string): string | undefined {
  const candidate = process.env['SENTENCE_MTL_PYTHON'] ?? 'python3';
  try {
    execFileSync(candidate, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
    return candidate;
  } catch {
    const missing = modules.join(' and ');
    console.log(`SKIPPED ${what}: ${candidate} has no ${missing}; set SENTENCE_MTL_PYTHON to one that has`);
    return undefined;
  }
}
