/**
 * Which parameters train: all of them, the heads alone, or what stands above the embeddings and the lowest layers.
 */
export type TrainablePhase = 'all' | 'heads' | { readonly above: number };

/** Whether a parameter trains in a phase, as a function of its path. */
export function trains(phase: TrainablePhase, path: string): boolean {
  if (phase === 'all' || path.startsWith('heads.')) return true;
  if (phase === 'heads') return false;
  const layer = /^encoder\.layers\.(\d+)\./.exec(path)?.[1];
  return layer !== undefined && Number(layer) >= phase.above;
}
