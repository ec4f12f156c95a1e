import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Number formats that the peers are timed in. */
export const PEER_FORMATS = ['fp32', 'bf16'] as const;
/** Those that need another environment: SENTENCE_MTL_PEER_ONNX_PYTHON, with bench/peers/requirements-onnx.txt. */
export const ONNX_FORMATS = ['onnx-int8'] as const;
export type PeerFormat = (typeof PEER_FORMATS)[number];

/** What every peer prints beside its own figures. */
export interface PeerFigures {
  readonly peak_rss_mb: number;
  readonly others_share: number;
  readonly versions: Readonly<Record<string, string>>;
}

const execute = promisify(execFile);

/**
 * Runs a Python program of bench/peers, by the interpreter that SENTENCE_MTL_PEER_PYTHON names (or, for a format of
 * ONNX_FORMATS, SENTENCE_MTL_PEER_ONNX_PYTHON), and returns the JSON object of its last line.
 *
 * @throws Error when there is no interpreter, or the program fails
 */
export async function runPeerScript<T extends object>(
  script: string,
  options: readonly string[],
): Promise<PeerFigures & T> {
  const isOnnx = ONNX_FORMATS.some((format) => options.includes(format));
  const variable = isOnnx ? 'SENTENCE_MTL_PEER_ONNX_PYTHON' : 'SENTENCE_MTL_PEER_PYTHON';
  const python = process.env[variable];
  if (python === undefined) {
    const requirements = isOnnx ? 'requirements-onnx.txt' : 'requirements.txt';
    throw new Error(`--peer runs Python: set ${variable} to an interpreter with bench/peers/${requirements}`);
  }
  const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
  const { stdout } = await execute(python, [path, ...options]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PeerFigures & T;
}
