// Of which kind labels are, by what stands in them.
import type { TaskCounts } from '@sentence-mtl/data';
import type { KIND_NAMES } from '../config/settings.ts';

export type Kind = (typeof KIND_NAMES)[number];

/** More different whole numbers than these are a quantity, fewer are names of classes. */
const MOST_NUMBER_CLASSES = 20;
/** A label has so many rows on average, or the column is no label: an id, a name, a text of its own. */
const FEWEST_ROWS_A_LABEL = 2;
/** So few labels are labels, however few rows there are. */
const FEW_LABELS = 20;
/** `2026-01-31`, with a time or without, or `31.1.2026`, `1/31/26`. */
const DATE = /^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([./])\d{1,2}\2\d{2,4})([T ].*)?$/;

/** `3,5` and `3`: a number as much of the world writes it, or a list of whole ones. */
const COMMA_NUMBER = /^-?\d+(,\d+)*$/;

/** What programs write where there is no label. */
const NO_LABEL = /^(nan|null|#?n\/a)$/i;

/** The kind of task that labels are of, or why they are of none. */
export type Look = Decision | { readonly reason: string };

interface Decision {
  readonly kind: Kind;
  readonly reason: string;
}

const different = (count: number): string => `${count} different`;

/** Why texts, some of which may be numbers, are no labels; undefined where they may be. */
function whyNone({ rows, forms, labels, isOpen }: TaskCounts, names: readonly string[]): string | undefined {
  if (names.every((label) => DATE.test(label))) {
    return `dates, ${different(labels.size)}; --tasks learns them where it names the kind`;
  }
  const comma = names.find((label) => label.includes(','));
  if (comma !== undefined && names.every((label) => COMMA_NUMBER.test(label))) {
    return `numbers with commas, as ${comma}: write a point in them, or, of lists, --tag-separator ,`;
  }
  if (!isOpen && (labels.size <= FEW_LABELS || rows >= FEWEST_ROWS_A_LABEL * labels.size)) return undefined;
  const word = [...labels].find(([, { isNumber }]) => !isNumber);
  if (word === undefined || forms.number <= rows / 2) {
    return `${labels.size} different values in ${rows} rows are no labels`;
  }
  const [label, { file, line }] = word;
  return `${forms.number} of its ${rows} labels are numbers, and ${JSON.stringify(label)} at ${file}:${line} is none`;
}

/** What the labels look like; undefined kind where they are no labels, with the reason. */
export function lookOfLabels(counts: TaskCounts): Look {
  const { rows, forms, labels, isOpen } = counts;
  if (rows === 0) return { reason: 'it has no labels' };
  if (forms.list === rows) return { kind: 'multi-label', reason: `lists of labels, ${different(labels.size)}` };
  if (forms.list > 0) return { reason: `${forms.list} of its ${rows} labels are lists, the others are not` };
  if (labels.size === 1) return { reason: 'all its labels are the same' };
  const names = [...labels.keys()];
  if (forms.number === rows) {
    const isWhole = names.every((label) => Number.isInteger(Number(label)));
    const isQuantity = !isWhole || isOpen || labels.size > MOST_NUMBER_CLASSES;
    if (isQuantity && isWhole && labels.size === rows && rows > FEW_LABELS) {
      return { reason: 'each row has another whole number, as ids do' };
    }
    if (isQuantity) return { kind: 'regression', reason: `numbers, ${different(labels.size)}` };
  }
  const none = whyNone(counts, names);
  if (none !== undefined) return { reason: none };
  const what = forms.number === rows ? 'whole numbers' : forms.boolean === rows ? 'true or false' : 'texts';
  const missing = names.find((label) => NO_LABEL.test(label));
  const hint = missing === undefined ? '' : `, ${missing} among them: empty the cell where it means none`;
  return { kind: 'classification', reason: `${what}, ${different(labels.size)}${hint}` };
}
