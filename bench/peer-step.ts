import { runPeerScript, type PeerFormat } from './peer-script.ts';
import type { Phase, StepOptions } from './timed-step.ts';

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

/**
 * Times the step in PyTorch.
 *
 * @throws Error when there is no interpreter, or the phase is one that the peer does not time
 */
export async function runPeerStep(options: StepOptions, format: PeerFormat): Promise<PeerRun> {
  const { model, batch, length, dropout, phase } = options;
  if (phase === 'forward') throw new Error('the peer times forward passes without dropout only; compare another phase');
  const sizes = ['--model', model, '--batch', `${batch}`, '--length', `${length}`, '--dropout', `${dropout}`];
  const figures = await runPeerScript<Readonly<Record<string, unknown>>>('step.py', [
    ...sizes,
    '--dtype',
    format,
    '--seconds',
    SECONDS,
  ]);
  return {
    ms: (figures[FIGURES[phase]] as { readonly median: number }).median,
    peakMemoryMb: figures.peak_rss_mb,
    othersShare: figures.others_share,
    torch: figures.versions['torch'] ?? '',
  };
}
