// Tables have one cell for all labels of a row: "billing|urgent", "billing; urgent" or ["billing", "urgent"]. Whether a bar
// separates labels or is part of one, only all cells of the column together can tell.
import type { LabelValue, Row } from '../row.ts';
import { nameTable } from '../rows/name-table.ts';
import { isNumeric, type LabelCount, type TaskCounts } from './label-counts.ts';

/** What stands between the labels of a cell: a text, or `json` where a cell is a JSON list of them. */
export type TagSeparator = string;

const AS_JSON = 'json';

/** Those that are looked for. A comma is not: texts have commas. */
const SEPARATORS: readonly TagSeparator[] = [AS_JSON, '|', ';'];

function jsonTags(cell: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(cell)) return undefined;
  try {
    const tags: unknown = JSON.parse(cell);
    const areTags = Array.isArray(tags) && tags.every((tag) => typeof tag === 'string' || typeof tag === 'number');
    return areTags ? tags.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** The labels in a cell, without the spaces around them; undefined where it is to be a JSON list and is none. */
export function splitTags(cell: string, separator: TagSeparator): readonly string[] | undefined {
  if (separator === AS_JSON) return jsonTags(cell);
  return cell
    .split(separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

const hasSeveral = (cell: string, separator: TagSeparator): boolean => (splitTags(cell, separator)?.length ?? 0) > 1;

/** Whether parts of cells come back in other cells: labels do, and parts of a label's name do not. */
function recombines(cells: readonly string[], separator: TagSeparator): boolean {
  const times = new Map<string, number>();
  let parts = 0;
  let several = 0;
  for (const cell of cells) {
    const tags = splitTags(cell, separator) ?? [];
    if (tags.length > 1) several++;
    parts += tags.length;
    for (const tag of tags) times.set(tag, (times.get(tag) ?? 0) + 1);
  }
  return several > 1 && parts >= 2 * times.size;
}

/** What is known of a column beside its cells. */
export interface KnownTags {
  /** Its labels: any cell tells that has several of them. */
  readonly labels?: ReadonlySet<string>;
  /** Whether cells have lists of labels: then any cell tells that has several. */
  readonly areLists?: boolean;
}

/**
 * What separates the labels in the cells of a column: JSON lists where all are some, else a bar or a semicolon if, on
 * average, each of what stands between them is in two different cells at least. Undefined where cells have one label.
 *
 * @param cells the different cells of the column
 */
export function findTagSeparator(cells: Iterable<string>, known: KnownTags = {}): TagSeparator | undefined {
  const all = [...cells];
  const { labels, areLists = false } = known;
  if (labels !== undefined) {
    const unknown = all.filter((cell) => !labels.has(cell));
    const isMeant = (cell: string, separator: TagSeparator): boolean =>
      splitTags(cell, separator)?.every((tag) => labels.has(tag)) ?? false;
    return [...SEPARATORS, ','].find((separator) => unknown.some((cell) => isMeant(cell, separator)));
  }
  if (areLists) return SEPARATORS.find((separator) => all.some((cell) => hasSeveral(cell, separator)));
  return SEPARATORS.find((separator) =>
    separator === AS_JSON
      ? all.length > 0 && all.every((cell) => splitTags(cell, AS_JSON) !== undefined)
      : recombines(all, separator),
  );
}

/** The counts that a task has when its cells are taken apart. */
export function splitTagCounts(counts: TaskCounts, separator: TagSeparator): TaskCounts {
  const labels = new Map<string, LabelCount>();
  for (const [cell, { count, file, line }] of counts.labels) {
    for (const tag of new Set(splitTags(cell, separator) ?? [cell])) {
      // Cells come in the order of their first rows.
      const found = labels.get(tag) ?? { count: 0, isNumber: isNumeric(tag), file, line };
      labels.set(tag, { ...found, count: found.count + count });
    }
  }
  return { ...counts, labels, forms: { text: 0, number: 0, boolean: 0, list: counts.rows } };
}

/** The row with lists of labels in place of cells, for the tasks that have a separator. */
export function withTags(row: Row, separators: ReadonlyMap<string, TagSeparator>): Row {
  if (separators.size === 0) return row;
  const labels = nameTable<LabelValue>();
  for (const task in row.labels) {
    const cell = row.labels[task] ?? null;
    const separator = separators.get(task);
    const isCell = separator !== undefined && cell !== null && typeof cell !== 'object';
    labels[task] = isCell ? (splitTags(String(cell), separator) ?? cell) : cell;
  }
  return { ...row, labels };
}
