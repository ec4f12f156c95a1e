// Columns whose cells have several labels each: which these are, and their rows with lists in place of such cells.
import {
  findTagSeparator,
  splitTagCounts,
  splitTags,
  withTags,
  type LabelSets,
  type Row,
  type TagSeparator,
  type TaskCounts,
} from '@sentence-mtl/data';
import type { Tasks } from '@sentence-mtl/heads';
import type { Settings } from '../config/settings.ts';
import type { InferredTasks } from './infer-tasks.ts';

/** The setting for cells that are never taken apart. */
const NEVER = 'none';

export interface TagColumn {
  readonly counts: TaskCounts;
  readonly separator?: TagSeparator;
}

/** What the user says of a column. */
export interface ColumnWishes {
  readonly kind: NonNullable<Settings['tasks']>[string] | undefined;
  readonly labels: readonly string[] | undefined;
  readonly tagSeparator: Settings['tagSeparator'];
}

/** The counts of a column's labels, with its cells taken apart where they have several. */
export function tagColumn(counts: TaskCounts, { kind, labels, tagSeparator }: ColumnWishes): TagColumn {
  const mayBe = kind === undefined || kind === 'inferred' || kind === 'multi-label';
  if (!mayBe || tagSeparator === NEVER || counts.forms.list > 0 || counts.isOpen) return { counts };
  const cells = [...counts.labels.keys()];
  const isSplit = (separator: TagSeparator): boolean =>
    cells.some((cell) => (splitTags(cell, separator) ?? [cell]).join() !== cell);
  const separator =
    tagSeparator ??
    findTagSeparator(cells, {
      ...(labels !== undefined && { labels: new Set(labels) }),
      areLists: kind === 'multi-label',
    });
  if (separator === undefined || !isSplit(separator)) return { counts };
  return { counts: splitTagCounts(counts, separator), separator };
}

/** What separates the labels in cells, by task. */
export function tagSeparators({ tasks }: Pick<InferredTasks, 'tasks'>): ReadonlyMap<string, TagSeparator> {
  return new Map(tasks.flatMap(({ name, separator }) => (separator === undefined ? [] : [[name, separator] as const])));
}

/** A row before its tasks are known: cells are taken apart that have several of a task's fixed labels. */
export function withFixedTags(row: Row, sets: LabelSets, tagSeparator: Settings['tagSeparator']): Row {
  if (tagSeparator === NEVER) return row;
  const separators = new Map<string, TagSeparator>();
  for (const [task, labels] of sets.tasks) {
    const cell = row.labels[task] ?? null;
    if (typeof cell !== 'string' || labels.includes(cell)) continue;
    const separator = tagSeparator ?? findTagSeparator([cell], { labels: new Set(labels) });
    if (separator !== undefined) separators.set(task, separator);
  }
  return withTags(row, separators);
}

/** What separates the labels in cells of rows, for the tasks of a model that have several labels a row. */
export function knownSeparators(
  tasks: Tasks,
  rows: readonly Row[],
  tagSeparator: Settings['tagSeparator'],
): ReadonlyMap<string, TagSeparator> {
  const separators = Object.entries(tasks).flatMap(([name, task]) => {
    if (task.kind !== 'multi-label' || tagSeparator === NEVER) return [];
    if (tagSeparator !== null) return [[name, tagSeparator] as const];
    const cells = new Set(rows.flatMap(({ labels: { [name]: cell } }) => (typeof cell === 'string' ? [cell] : [])));
    const separator = findTagSeparator(cells, { labels: new Set(task.labels) });
    return separator === undefined ? [] : [[name, separator] as const];
  });
  return new Map(separators);
}
