/** A finite number, as such or spelled as data files spell it; undefined for anything else. */
export function numberOf(label: unknown): number | undefined {
  const number = typeof label === 'string' && label.trim() !== '' ? Number(label) : label;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
