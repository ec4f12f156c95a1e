import type { Row } from '../row.ts';

/** Equal for texts that most tokenizers make equal: whatever their case, spaces and Unicode forms. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * What rows of equal text have in common, whatever their case, spaces and Unicode forms: such rows on two sides of a
 * split would let a model pass by heart. Pairs are equal in either order.
 */
export function textKey(row: Row): string {
  if (row.kind === 'text') return folded(row.text);
  return [folded(row.textA), folded(row.textB)].toSorted().join('\n');
}
