/** Whether a parameter is a bias: its path ends in `bias`, those of normalisations included. */
export function isBias(path: string): boolean {
  return path === 'bias' || path.endsWith('.bias');
}

/** Whether a parameter belongs to a normalisation: the name before its last ends in `norm`, in any case. */
export function isNormalization(path: string): boolean {
  return /norm$/i.test(path.split('.').at(-2) ?? '');
}
