const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A number of bytes in three digits or four: `612 B`, `23.4 kB`, `90.9 MB`. */
export function sizeText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${power === 0 ? amount : amount.toFixed(1)} ${UNITS[power] ?? ''}`;
}
