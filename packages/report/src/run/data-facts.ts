import { z, type ZodType } from 'zod';

/** The parts of a data set, in their order. */
export const SIDES: readonly Side[] = ['train', 'validation', 'test'];
export type Side = 'train' | 'validation' | 'test';

/** A file of rows. A stream has neither size nor hash. */
export interface DataFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** Of a task, on each side: rows that have a label, and how many have each, in the order of the task's labels. */
export interface LabelUse {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly sides: Readonly<Record<Side, { readonly rows: number; readonly counts: readonly number[] }>>;
}

/** How long the texts are in tokens, of all or of a sample. */
export interface TextLengths {
  /** Texts that were cut into tokens. */
  readonly sampled: number;
  /** Whether these are all texts. */
  readonly isExact: boolean;
  readonly median: number;
  readonly percentile95: number;
  readonly longest: number;
  /** The most tokens that training reads. */
  readonly limit: number;
  /** Texts of the sample that are longer. */
  readonly cut: number;
  /** Pairs of a length and how many texts have it, the shortest first. */
  readonly counts: readonly (readonly [number, number])[];
}

/** What data.json says: what a run has learnt from. */
export interface DataFacts {
  readonly files: Readonly<Record<Side, readonly DataFile[]>>;
  readonly rows: Readonly<Record<Side, number>>;
  /** Sides that were split off the training rows. */
  readonly splitOff: readonly Side[];
  /** Rows that were left out because something is wrong with them. */
  readonly rejected: number;
  /** Texts of a side that stand in the training rows too. */
  readonly leaked: Readonly<Record<'validation' | 'test', number>>;
  readonly tasks: Readonly<Record<string, LabelUse>>;
  /** Absent where there is no text. */
  readonly lengths?: TextLengths | undefined;
}

const count = z.number().int().min(0);
const side = z.enum(['train', 'validation', 'test']);
const bySide = <T>(value: ZodType<T>): ZodType<Record<Side, T>> =>
  z.object({ train: value, validation: value, test: value }) as ZodType<Record<Side, T>>;

export const dataFactsSchema: ZodType<DataFacts> = z.object({
  files: bySide(z.array(z.object({ name: z.string(), bytes: count.nullable(), sha256: z.string().nullable() }))),
  rows: bySide(count),
  splitOff: z.array(side),
  rejected: count,
  leaked: z.object({ validation: count, test: count }),
  tasks: z.record(
    z.string(),
    z.object({
      kind: z.string(),
      labels: z.array(z.string()),
      sides: bySide(z.object({ rows: count, counts: z.array(count) })),
    }),
  ),
  lengths: z
    .object({
      sampled: count,
      isExact: z.boolean(),
      median: count,
      percentile95: count,
      longest: count,
      limit: count,
      cut: count,
      counts: z.array(z.tuple([count, count])),
    })
    .optional(),
});
