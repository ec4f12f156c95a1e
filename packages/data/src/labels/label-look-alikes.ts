import { isNumeric } from './label-counts.ts';

/** Equal for labels that differ only in case, Unicode form, spaces, hyphens, underscores and full stops. */
function folded(label: string): string {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_.]+/g, '');
}

/**
 * Labels that people could take for one: `Refund`, `refund ` and `re-fund`. Each group is in the order of the labels
 * given; most sets of labels have none. Numbers are never alike.
 */
export function labelLookAlikes(labels: Iterable<string>): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const label of labels) {
    const key = isNumeric(label) ? `number ${label.trim()}` : folded(label);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [label]);
    else group.push(label);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
