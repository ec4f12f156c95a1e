/** Whether a parameter is a bias: its path ends in `bias`, those of normalisations included. */
export function isBias(path: string): boolean {
  return path === 'bias' || path.endsWith('.bias');
}

/** Whether a parameter is the weight or bias of a normalisation, whose name ends in `norm`, in any case. */
export function isNormalization(path: string): boolean {
  return /norm\.(weight|bias)$/i.test(path);
}
