import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** The program as it is built; turbo does so before the tests run. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A model of 8 dimensions. */
export const TINY_MODEL: string = fileURLToPath(new URL('../../cli/fixtures/tiny-model', import.meta.url));

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'task4-test-'));
  folders.push(folder);
  return folder;
}

export interface Ended {
  /** Null where a signal that nobody hears ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a running program has said so far, and a way to end it. */
export interface Running {
  readonly said: string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Runs the program as a process of its own. @param hear is told at each thing that it says */
export async function task4(
  words: readonly string[],
  hear: (running: Running) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...words], { env: { HF_HUB_OFFLINE: '1' } });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      text[name] += part;
      hear({ said: text.stdout + text.stderr, kill: (signal) => child.kill(signal) });
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code));
  });
  return { status, ...text };
}
