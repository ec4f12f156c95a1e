// A matrix of 150 labels is read label by label by nobody. Labels that are taken for each other form groups: pairs are
// joined, the most frequent first, as long as the group stays small (single linkage with a limit). Groups are small
// matrices; side by side they order the labels of the whole matrix, so that what is confused stands near the diagonal.
import type { Confusion } from '../run/test-details.ts';

export interface ConfusionGroup {
  /** The most confused first. */
  readonly labels: readonly string[];
  /** Wrong rows within the group. */
  readonly rows: number;
}

/** Labels of a group: as many as a small matrix shows on a phone. */
const MOST_LABELS = 8;

interface Pair {
  readonly labels: readonly [string, string];
  readonly rows: number;
}

/** Each pair of labels, with the rows of both directions, the most first. */
function pairsOf(confusions: readonly Confusion[]): readonly Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { label, predicted, rows } of confusions) {
    const labels = label < predicted ? ([label, predicted] as const) : ([predicted, label] as const);
    const key = JSON.stringify(labels);
    pairs.set(key, { labels, rows: rows + (pairs.get(key)?.rows ?? 0) });
  }
  return [...pairs.values()].toSorted((a, b) => b.rows - a.rows || (a.labels.join() < b.labels.join() ? -1 : 1));
}

/** Rows that have each label, or were given it, and are wrong. */
function wrongRowsByLabel(confusions: readonly Confusion[]): ReadonlyMap<string, number> {
  const rowsOf = new Map<string, number>();
  for (const { label, predicted, rows } of confusions)
    for (const name of [label, predicted]) rowsOf.set(name, (rowsOf.get(name) ?? 0) + rows);
  return rowsOf;
}

/** Groups of labels that are taken for each other, those with the most wrong rows first. Labels without any are in none. */
export function confusionGroups(
  confusions: readonly Confusion[],
  mostLabels: number = MOST_LABELS,
): readonly ConfusionGroup[] {
  const groupOf = new Map<string, Set<string>>();
  const groupWith = (label: string): Set<string> => {
    const group = groupOf.get(label) ?? new Set([label]);
    groupOf.set(label, group);
    return group;
  };
  const pairs = pairsOf(confusions);
  for (const { labels } of pairs) {
    const [a, b] = [groupWith(labels[0]), groupWith(labels[1])];
    if (a === b || a.size + b.size > mostLabels) continue;
    for (const label of b) groupOf.set(label, a.add(label));
  }
  const wrong = wrongRowsByLabel(confusions);
  const within = (group: ReadonlySet<string>): number =>
    pairs.reduce((sum, { labels, rows }) => sum + (labels.every((label) => group.has(label)) ? rows : 0), 0);
  const byRows = (a: string, b: string): number => (wrong.get(b) ?? 0) - (wrong.get(a) ?? 0) || (a < b ? -1 : 1);
  return [...new Set(groupOf.values())]
    .map((group) => ({ labels: [...group].toSorted(byRows), rows: within(group) }))
    .toSorted((a, b) => b.rows - a.rows || (String(a.labels[0]) < String(b.labels[0]) ? -1 : 1));
}
