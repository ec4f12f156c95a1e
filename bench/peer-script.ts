import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Number formats that the peers are timed in. */
export const PEER_FORMATS = ['fp32', 'bf16'] as const;
export type PeerFormat = (typeof PEER_FORMATS)[number];

/** What every peer prints beside its own figures. */
export interface PeerFigures {
  readonly peak_rss_mb: number;
  readonly others_share: number;
  readonly versions: Readonly<Record<string, string>>;
}

const execute = promisify(execFile);

/**
 * Runs a Python program of bench/peers, by the interpreter that SENTENCE_MTL_PEER_PYTHON names, and returns the JSON
 * object of its last line.
 *
 * @throws Error when there is no interpreter, or the program fails
 */
export async function runPeerScript<T extends object>(
  script: string,
  options: readonly string[],
): Promise<PeerFigures & T> {
  const python = process.env['SENTENCE_MTL_PEER_PYTHON'];
  if (python === undefined) {
    throw new Error(
      '--peer runs Python: set SENTENCE_MTL_PEER_PYTHON to an interpreter with bench/peers/requirements.txt',
    );
  }
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  const { stdout } = await execute(python, [path, ...options]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeerFigures & T;
}
