// What a split is to have on each side in proportion: every label of every task. Numbers, which are hardly ever equal, are
// first grouped into tenths.
import type { LabelValue, Row } from '../row.ts';

type TaskLabel = readonly [task: string, label: LabelValue];

/** Numbers of a task that has more of them than this are grouped. */
const MOST_NUMBERS = 20;
const GROUPS = 10;

/** The labels of a row; a pair's score is one. */
function labelsOf(row: Row): readonly TaskLabel[] {
  const labels = Object.entries(row.labels);
  return row.kind === 'pair' && row.score !== null ? [...labels, [' score', row.score]] : labels;
}

function toNumber(label: LabelValue): number {
  if (typeof label === 'number') return label;
  return typeof label === 'string' && label.trim() !== '' ? Number(label) : NaN;
}

/** Of each task whose labels are all numbers, and many: the nine borders of ten groups of like size. */
function numberBorders(rows: readonly Row[]): ReadonlyMap<string, readonly number[]> {
  const byTask = new Map<string, number[]>();
  for (const [task, label] of rows.flatMap(labelsOf)) {
    if (label === null) continue;
    const numbers = byTask.get(task);
    if (numbers === undefined) byTask.set(task, [toNumber(label)]);
    else numbers.push(toNumber(label));
  }
  const borders = new Map<string, readonly number[]>();
  for (const [task, numbers] of byTask) {
    if (numbers.some((number) => !Number.isFinite(number)) || new Set(numbers).size <= MOST_NUMBERS) continue;
    const sorted = numbers.toSorted((a, b) => a - b);
    const places = Array.from({ length: GROUPS - 1 }, (_, border) =>
      Math.floor(((border + 1) * sorted.length) / GROUPS),
    );
    borders.set(
      task,
      places.map((place) => sorted[place] ?? 0),
    );
  }
  return borders;
}

function stratumNames([task, label]: TaskLabel, borders: ReadonlyMap<string, readonly number[]>): readonly string[] {
  if (label === null) return [];
  if (Array.isArray(label)) return label.map((tag) => `${task}\0${tag}`);
  const own = borders.get(task);
  if (own === undefined) return [`${task}\0${String(label)}`];
  return [`${task}\0${own.filter((border) => border <= toNumber(label)).length}`];
}

/** The strata of each row, as numbers from 0. */
export function strataOf(rows: readonly Row[]): readonly (readonly number[])[] {
  const borders = numberBorders(rows);
  const numbers = new Map<string, number>();
  return rows.map((row) =>
    labelsOf(row).flatMap((label) =>
      stratumNames(label, borders).map((name) => {
        const number = numbers.get(name) ?? numbers.size;
        numbers.set(name, number);
        return number;
      }),
    ),
  );
}
