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

/** The kind of task that labels are of, or why they are of none. */
export type Look = Decision | { readonly reason: string };

interface Decision {
  readonly kind: Kind;
  readonly reason: string;
}

const different = (count: number): string => `${count} different`;

/** What the labels look like; undefined kind where they are no labels, with the reason. */
export function lookOfLabels({ rows, forms, labels, isOpen }: TaskCounts): Look {
  if (rows === 0) return { reason: 'it has no labels' };
  if (forms.list === rows) return { kind: 'multi-label', reason: `lists of labels, ${different(labels.size)}` };
  if (forms.list > 0) return { reason: `${forms.list} of its ${rows} labels are lists, the others are not` };
  if (labels.size === 1) return { reason: 'all its labels are the same' };
  if (forms.number === rows) {
    const isWhole = [...labels.keys()].every((label) => Number.isInteger(Number(label)));
    const isQuantity = !isWhole || isOpen || labels.size > MOST_NUMBER_CLASSES;
    if (isQuantity && isWhole && labels.size === rows && rows > FEW_LABELS) {
      return { reason: 'each row has another whole number, as ids do' };
    }
    if (isQuantity) return { kind: 'regression', reason: `numbers, ${different(labels.size)}` };
  }
  if ([...labels.keys()].every((label) => DATE.test(label))) {
    return { reason: `dates, ${different(labels.size)}; --tasks learns them where it names the kind` };
  }
  const isText = isOpen || (labels.size > FEW_LABELS && rows < FEWEST_ROWS_A_LABEL * labels.size);
  const word = [...labels].find(([, { isNumber }]) => !isNumber);
  if (isText && word !== undefined && forms.number > rows / 2) {
    const [label, { file, line }] = word;
    return {
      reason: `${forms.number} of its ${rows} labels are numbers, and ${JSON.stringify(label)} at ${file}:${line} is none`,
    };
  }
  if (isText) return { reason: `${labels.size} different values in ${rows} rows are no labels` };
  const what = forms.number === rows ? 'whole numbers' : forms.boolean === rows ? 'true or false' : 'texts';
  return { kind: 'classification', reason: `${what}, ${different(labels.size)}` };
}
