import { readFileSync } from 'node:fs';
import { commands } from './commands.ts';
import type { ProgramDescription } from './command-line/parse-command-line.ts';

interface Manifest {
  readonly version: string;
}

/** The program `sentence-mtl` and its commands. */
export function sentenceMtlProgram(): ProgramDescription {
  const manifest: Manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return {
    name: 'sentence-mtl',
    version: manifest.version,
    summary: 'Multi-task sentence transformers, trained and served on Node.',
    commands,
  };
}
