import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Phase, StepOptions } from './two-head-step.ts';

/** Number formats that the peer is timed in. */
export const PEER_FORMATS = ['fp32', 'bf16'] as const;
export type PeerFormat = (typeof PEER_FORMATS)[number];

/** One run of the peer's step.py. */
export interface PeerRun {
  readonly ms: number;
  readonly peakMemoryMb: number;
  readonly othersShare: number;
  readonly torch: string;
}

/** Where the peer's figure for a phase stands in its output. Its forward pass alone drops nothing: it is another thing. */
const FIGURES: Readonly<Record<Exclude<Phase, 'forward'>, string>> = {
  all: 'step_adamw_fused_ms',
  backward: 'fwd_bwd_ms',
  update: 'adamw_fused_alone_ms',
};

/** Least seconds the peer spends on each of its figures. */
const SECONDS = '4';

const script = fileURLToPath(new URL('../peers/step.py', import.meta.url));
const execute = promisify(execFile);

/**
 * Times the step in PyTorch, by the interpreter that SENTENCE_MTL_PEER_PYTHON names.
 *
 * @throws Error when there is none, or the phase is one that the peer does not time
 */
export async function runPeerStep(options: StepOptions, format: PeerFormat): Promise<PeerRun> {
  const python = process.env['SENTENCE_MTL_PEER_PYTHON'];
  if (python === undefined) {
    throw new Error(
      '--peer runs PyTorch: set SENTENCE_MTL_PEER_PYTHON to an interpreter with bench/peers/requirements.txt',
    );
  }
  const { model, batch, length, dropout, phase } = options;
  if (phase === 'forward') throw new Error('the peer times forward passes without dropout only; compare another phase');
  const sizes = ['--model', model, '--batch', `${batch}`, '--length', `${length}`, '--dropout', `${dropout}`];
  const { stdout } = await execute(python, [script, ...sizes, '--dtype', format, '--seconds', SECONDS]);
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown> & {
    readonly peak_rss_mb: number;
    readonly others_share: number;
    readonly versions: { readonly torch: string };
  };
  return {
    ms: (figures[FIGURES[phase]] as { readonly median: number }).median,
    peakMemoryMb: figures.peak_rss_mb,
    othersShare: figures.others_share,
    torch: figures.versions.torch,
  };
}
